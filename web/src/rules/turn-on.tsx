import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/field.tsx';
import { done, failed } from '../ui/toast.tsx';
import { DryRunFigures, useDryRun } from './dry-run.tsx';
import { type Rule, useRefreshRules } from './queries.ts';

/** Turns a rule on, after a count of whom it would touch. Those whose moment has passed are touched only where that is ticked. */
export function TurnOn({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const refresh = useRefreshRules();
  const [passed, setPassed] = useState(false);
  const run = useDryRun(rule);
  const on = useMutation({
    mutationFn: () => call('turnRuleOn', { params: { id: rule.id }, body: { passed } }),
    onSuccess: () => {
      done(t('rule.turnedOn', { name: rule.name }));
      onClose();
      return refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('rule.turnOn')}
      lead={<bdi>{rule.name}</bdi>}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={on.isPending} onClick={() => on.mutate()}>
            {t('rule.turnOn')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <DryRunFigures run={run} when={rule.when} />
        {(run.sum?.passed ?? 0) > 0 && (
          <Check checked={passed} onChange={(event) => setPassed(event.target.checked)}>
            {t('rule.alsoPassed', { count: run.sum?.passed ?? 0 })}
          </Check>
        )}
      </div>
    </Dialog>
  );
}
