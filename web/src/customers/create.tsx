import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { NameOptions } from '../ui/options.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { done, failed, notice } from '../ui/toast.tsx';
import { CustomerPicker, type Picked } from './customer-picker.tsx';
import { useMembers } from './use-members.ts';

type Existing = { id?: string; matchedOn: string; archived?: boolean; visible: boolean; ownerName?: string | null };
type Body = Call<'createCustomer'>['body'];

function bodyOf(form: FormData, kind: 'person' | 'company', company: Picked | undefined): Body {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    kind,
    name: text('name'),
    ...(kind === 'person' && text('jobTitle') && { jobTitle: text('jobTitle') }),
    ...(kind === 'person' && company && { companyId: company.id }),
    ...(text('email') && { emails: [{ address: text('email'), primary: true }] }),
    ...(text('phone') && { phones: [{ number: text('phone'), primary: true }] }),
    ...(text('ownerId') && { ownerId: text('ownerId') }),
  };
}

/** Five fields, of which only the name is a must: the rest comes while working with the customer. */
export function CreateCustomer({ onClose, name }: { onClose: () => void; name?: string | undefined }) {
  const { member } = useMe();
  const can = useCan();
  const { members } = useMembers();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<'person' | 'company'>('person');
  const [company, setCompany] = useState<Picked>();
  const create = useMutation({
    mutationFn: (body: Body) => call('createCustomer', { body }),
    onSuccess: async (customer) => {
      tick('create');
      await queryClient.invalidateQueries({ queryKey: ['customers'] });
      onClose();
      void navigate({ to: '/customers/$id', params: { id: customer.id }, search: {} });
      const twin = customer.possibleDuplicates.find(({ id }) => id);
      if (twin?.id) {
        const { id } = twin;
        notice(t('create.twin', { on: t(`matched.${twin.matchedOn}`) }), {
          label: t('create.look'),
          run: () => void navigate({ to: '/customers/$id', params: { id }, search: {} }),
        });
      } else if (can.to('customers', 'delete', customer.ownerId)) {
        done(
          t('create.done', { name: customer.name }),
          () =>
            void call('archiveCustomer', { params: { id: customer.id } }).then(
              () => navigate({ to: '/customers', search: {} }),
              (error) => failed(problemText(error)),
            ),
        );
      } else done(t('create.done', { name: customer.name }));
    },
  });
  const problem = create.error instanceof CrmProblem ? create.error : undefined;
  const existing = (problem?.code === 'duplicate' ? problem.document.existing : undefined) as Existing[] | undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate(bodyOf(new FormData(event.currentTarget), kind, company));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('create.title')}
      footer={
        <FormFooter form="create-customer" busy={create.isPending} onClose={onClose}>
          {t('create.button')}
        </FormFooter>
      }
    >
      <form id="create-customer" className="grid gap-4" onSubmit={submit}>
        <Segmented
          label={t('field.kind')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'person', label: t('kind.person') },
            { value: 'company', label: t('kind.company') },
          ]}
        />
        <Field label={t('column.name')} error={fieldText(problem?.at('name'))}>
          <Input name="name" required maxLength={200} defaultValue={name ?? ''} data-autofocus autoComplete="off" />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('column.email')} error={fieldText(problem?.at('emails/0/address'))}>
            <Input name="email" type="email" autoComplete="off" maxLength={254} />
          </Field>
          <Field label={t('column.phone')} error={fieldText(problem?.at('phones/0/number'))}>
            <Input name="phone" type="tel" autoComplete="off" maxLength={40} />
          </Field>
        </div>
        {kind === 'person' && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('field.company')}>
              <CustomerPicker value={company} onPick={setCompany} kind="company" label={t('field.company')} />
            </Field>
            <Field label={t('column.jobTitle')} error={fieldText(problem?.at('jobTitle'))}>
              <Input name="jobTitle" maxLength={100} autoComplete="off" />
            </Field>
          </div>
        )}
        {can.scope('customers', 'write') === 'all' && members.length > 0 ? (
          <Field label={t('column.owner')}>
            <Select name="ownerId" defaultValue={member.id}>
              <option value="">{t('field.nobody')}</option>
              <NameOptions of={members} />
            </Select>
          </Field>
        ) : (
          <input type="hidden" name="ownerId" value={member.id} />
        )}
        {existing ? (
          <Twins existing={existing} onOpen={onClose} />
        ) : (
          create.isError &&
          !problem?.errors.length && (
            <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
              {problemText(create.error)}
            </p>
          )
        )}
      </form>
    </Dialog>
  );
}

function Twins({ existing, onOpen }: { existing: Existing[]; onOpen: () => void }) {
  return (
    <div role="alert" className="grid gap-1.5 rounded-md bg-mango-soft px-3.5 py-3 text-sm text-mango-ink">
      <p className="font-semibold">{t('create.exists')}</p>
      {existing.map(({ id, matchedOn, archived, ownerName }) => (
        <p key={id ?? matchedOn}>
          {id ? (
            <Link to="/customers/$id" params={{ id }} search={{}} onClick={onOpen} className="font-semibold underline underline-offset-4">
              {t('create.openExisting')}
            </Link>
          ) : (
            t('create.hidden', { owner: ownerName ?? t('member.unknown') })
          )}{' '}
          ({t(`matched.${matchedOn as 'email'}`)}
          {archived && `, ${t('customer.archived')}`})
        </p>
      ))}
    </div>
  );
}
