import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Select } from '../ui/field.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done } from '../ui/toast.tsx';
import { type Case, customersCasesQuery, useRefreshCases } from './queries.ts';

/** This case is the same as another of the customer's: it ends there. */
export function MergeDialog({ of, onClose }: { of: Case; onClose: () => void }) {
  const navigate = useNavigate();
  const refresh = useRefreshCases();
  const listed = useQuery(customersCasesQuery(of.customerId));
  const others = listed.data?.data.filter(({ id, mergedIntoId }) => id !== of.id && !mergedIntoId) ?? [];
  const [into, setInto] = useState('');
  const merge = useMutation({
    mutationFn: () => call('mergeCase', { params: { id: of.id }, body: { into } }),
    onSuccess: async () => {
      done(t('case.mergedDone'));
      onClose();
      await refresh(of.customerId);
      await navigate({ to: '/cases/$id', params: { id: into } });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('case.merge')}
      lead={t('case.mergeLead')}
      footer={
        <>
          {merge.isError && (
            <p role="alert" className="me-auto text-sm text-danger">
              {problemText(merge.error)}
            </p>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={!into} busy={merge.isPending} onClick={() => merge.mutate()}>
            {t('case.mergeIt')}
          </Button>
        </>
      }
    >
      {listed.isPending && <Loading rows={2} />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && others.length === 0 && <p className="text-ink-2">{t('case.mergeNone')}</p>}
      {others.length > 0 && (
        <Field label={t('case.mergeWith')}>
          <Select value={into} onChange={(event) => setInto(event.target.value)}>
            <option value="" />
            {others.map(({ id, number, subject }) => (
              <option key={id} value={id}>{`#${number} ${subject}`}</option>
            ))}
          </Select>
        </Field>
      )}
    </Dialog>
  );
}
