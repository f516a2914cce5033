import { useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';

/** How it was resolved, and what it came from. */
export function ResolveDialog(props: {
  number: number;
  onClose: () => void;
  onResolve: (said: { resolution: string; rootCause?: string }) => void;
}) {
  const [resolution, setResolution] = useState('');
  const [rootCause, setRootCause] = useState('');
  const submit = () => {
    if (!resolution.trim()) return;
    props.onResolve({ resolution: resolution.trim(), ...(rootCause.trim() && { rootCause: rootCause.trim() }) });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('case.resolve', { number: props.number })}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={!resolution.trim()} onClick={submit}>
            {t('case.resolveIt')}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the key that sends */}
      <div className="grid gap-4" onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && submit()}>
        <Field label={t('case.resolution')}>
          <Textarea rows={4} value={resolution} maxLength={5_000} onChange={(event) => setResolution(event.target.value)} />
        </Field>
        <Field label={t('case.rootCause')} hint={t('case.rootCauseHint')}>
          <Input value={rootCause} maxLength={200} onChange={(event) => setRootCause(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
