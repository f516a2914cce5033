import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { isWithin, type Role, reachOf, roles } from '../../../functions/admin/roles.ts';
import { type Answer, type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan } from '../auth/me.ts';
import { languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { done } from '../ui/toast.tsx';

type FullMember = Extract<Answer<'listMembers'>['data'][number], { role: Role }>;

/** Invites somebody, or changes name, role and teams of somebody who is there. */
export function MemberForm({ member, onClose }: { member?: FullMember; onClose: () => void }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => call('listTeams', {}) });
  const save = useMutation({
    mutationFn: (form: Call<'addMember'>['body']) =>
      member
        ? call('updateMember', {
            params: { id: member.id },
            version: member.version,
            body: { name: form.name, role: form.role, teams: form.teams ?? [] },
          })
        : call('addMember', { body: form }),
    onSuccess: async ({ name }) => {
      if (!member) tick('invite');
      done(member ? t('customer.saved') : t('members.invited', { name }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['members'] });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const title = member ? t('members.edit') : t('members.invite');
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      lead={member ? member.email : t('members.inviteLead')}
      footer={
        <FormFooter form="member" busy={save.isPending} onClose={onClose}>
          {member ? t('common.save') : t('members.invite')}
        </FormFooter>
      }
    >
      <form
        id="member"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          save.mutate({
            name: text('name'),
            email: text('email'),
            role: text('role') as Role,
            teams: form.getAll('teams').map(String),
            language: text('language') || null,
          });
        }}
      >
        <Field label={t('column.name')} error={fieldText(problem?.at('name'))}>
          <Input name="name" required maxLength={100} defaultValue={member?.name ?? ''} data-autofocus autoComplete="off" />
        </Field>
        {!member && (
          <Field label={t('column.email')} error={fieldText(problem?.at('email'))}>
            <Input name="email" type="email" required dir="ltr" autoComplete="off" />
          </Field>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('members.role')} error={fieldText(problem?.at('role'))}>
            <Select name="role" defaultValue={member?.role ?? 'sales'}>
              <Options of={roles.filter((role) => isWithin(reachOf(role), can.scope))} words={(role) => t(`role.${role}`)} />
            </Select>
          </Field>
          {!member && (
            <Field label={t('field.language')}>
              <Select name="language" defaultValue="">
                <option value="">–</option>
                <Options of={['en', 'fr', 'fil', 'ur', 'th']} words={languageName} />
              </Select>
            </Field>
          )}
        </div>
        {Boolean(teams.data?.data.length) && (
          <fieldset>
            <legend className="text-sm font-medium text-ink-2">{t('members.teams')}</legend>
            <div className="flex flex-wrap gap-x-5">
              {teams.data?.data.map((team) => (
                <Check key={team.id} name="teams" value={team.id} defaultChecked={member?.teams.includes(team.id) ?? false}>
                  <bdi>{team.name}</bdi>
                </Check>
              ))}
            </div>
          </fieldset>
        )}
        {save.isError && !problem?.errors.length && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {problemText(save.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}

export function TeamForm({ team, onClose }: { team: { id?: string; name: string; version?: number }; onClose: () => void }) {
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (name: string) =>
      team.id && team.version
        ? call('updateTeam', { params: { id: team.id }, version: team.version, body: { name } })
        : call('addTeam', { body: { name } }),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['teams'] });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={team.id ? t('members.renameTeam') : t('members.addTeam')}
      footer={
        <FormFooter form="team" busy={save.isPending} onClose={onClose}>
          {t('common.save')}
        </FormFooter>
      }
    >
      <form
        id="team"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(String(new FormData(event.currentTarget).get('name') ?? '').trim());
        }}
      >
        <Field label={t('column.name')} error={fieldText(problem?.at('name')) ?? (save.isError ? problemText(save.error) : undefined)}>
          <Input name="name" required maxLength={60} defaultValue={team.name} data-autofocus />
        </Field>
      </form>
    </Dialog>
  );
}
