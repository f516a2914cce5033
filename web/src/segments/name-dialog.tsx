import { useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { failed } from '../ui/toast.tsx';

type Props = {
  title: string;
  lead?: string;
  begin?: string;
  action: string;
  onClose: () => void;
  run: (named: { name: string; description: string | null }) => Promise<unknown>;
};

/** Asks for a name and a description, and does something with them. */
export function NameDialog({ title, lead, begin = '', action, onClose, run }: Props) {
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open onClose={onClose} title={title} lead={lead}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const name = String(form.get('name') ?? '').trim();
          if (!name) return;
          setBusy(true);
          run({ name, description: String(form.get('description') ?? '').trim() || null }).then(onClose, (error) => {
            setBusy(false);
            failed(problemText(error));
          });
        }}
      >
        <Field label={t('segment.name')}>
          <Input name="name" required maxLength={100} defaultValue={begin} />
        </Field>
        <Field label={t('segment.description')}>
          <Input name="description" maxLength={500} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
