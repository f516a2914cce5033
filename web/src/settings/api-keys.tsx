import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { roleTable } from '../../../functions/admin/roles.ts';
import { type Answer, type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatDate } from '../i18n/format.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { FormAlert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';

type ApiKey = Answer<'listApiKeys'>['data'][number];
type Scopes = NonNullable<Call<'createApiKey'>['body']['scopes']>;

/** Keys for programs: each acts as its member, can be narrowed, and is shown once. */
export function ApiKeysSettings() {
  const can = useCan();
  const keys = useQuery({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => call('listApiKeys', { query: { limit: 200 }, signal }),
    enabled: can.any('keys', 'read'),
  });
  const [creating, setCreating] = useState(false);
  const [asking, setAsking] = useState<ApiKey>();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: string) => call('revokeApiKey', { params: { id } }),
    onSuccess: ({ name }) => {
      done(t('keys.revoked', { name }));
      return queryClient.invalidateQueries({ queryKey: ['api-keys'] });
    },
    onError: (error) => failed(problemText(error)),
    onSettled: () => setAsking(undefined),
  });
  if (!can.any('keys', 'read')) return <NoPermission />;
  const create = can.any('keys', 'write') && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus className="size-4" aria-hidden /> {t('keys.make')}
    </Button>
  );
  return (
    <Section title={t('settings.keys')} aside={create}>
      {keys.isPending && <Loading rows={3} className="px-0" />}
      {keys.isError && <Failure error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.data.length === 0 && (
        <Empty icon={<KeyRound className="size-6" />} title={t('keys.none')}>
          {t('keys.noneLead')}
        </Empty>
      )}
      <ul className="mt-2">
        {keys.data?.data.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setAsking(key)} />
        ))}
      </ul>
      {creating && <CreateKey onClose={() => setCreating(false)} />}
      {asking && (
        <Dialog
          open
          onClose={() => setAsking(undefined)}
          title={t('keys.revokeTitle', { name: asking.name })}
          footer={
            <>
              <Button onClick={() => setAsking(undefined)}>{t('common.cancel')}</Button>
              <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(asking.id)}>
                {t('keys.revoke')}
              </Button>
            </>
          }
        >
          <p>{t('keys.revokeLead')}</p>
        </Dialog>
      )}
    </Section>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const can = useCan();
  const { name } = useMembers();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0">
      <KeyRound className="size-4 shrink-0 text-ink-3" aria-hidden />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-semibold">{apiKey.name}</bdi>
          {apiKey.revokedAt && <Badge tone="danger">{t('keys.isRevoked')}</Badge>}
        </p>
        <p className="text-sm text-ink-3">
          <bdi>{name(apiKey.memberId)}</bdi> · {t('keys.createdAt', { date: formatDate(apiKey.createdAt) })} ·{' '}
          {apiKey.expiresAt ? t('keys.expires', { date: formatDate(apiKey.expiresAt) }) : t('keys.noExpiry')}
        </p>
        <p className="mt-1 flex flex-wrap gap-1">
          {apiKey.scopes.length === 0 ? (
            <Badge>{t('keys.allScopes')}</Badge>
          ) : (
            apiKey.scopes.map((scope) => <Badge key={scope}>{scopeName(scope)}</Badge>)
          )}
        </p>
      </div>
      {!apiKey.revokedAt && can.any('keys', 'delete') && (
        <Button look="quietDanger" onClick={onRevoke}>
          {t('keys.revoke')}
        </Button>
      )}
    </li>
  );
}

const resourceName = (resource: string) => t(`resource.${resource}` as MessageKey);
const verbName = (verb: string) => t(`verb.${verb}` as MessageKey);
const scopeName = (scope: string) => {
  const [resource = '', verb = ''] = scope.split(':');
  return `${resourceName(resource)}: ${verbName(verb)}`;
};
/** All that a key can be narrowed to; what is told to a member is no program's. */
const offered = Object.entries(roleTable.admin)
  .filter(([resource]) => resource !== 'notifications')
  .map(([resource, rights]) => ({ resource, verbs: Object.keys(rights) }));
const day = 86_400_000;

function CreateKey({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const { member } = useMe();
  const { members } = useMembers();
  const [scopes, setScopes] = useState<Scopes>([]);
  const create = useMutation({
    mutationFn: (body: Call<'createApiKey'>['body']) => call('createApiKey', { body }),
    onSuccess: () => {
      tick('key');
      return queryClient.invalidateQueries({ queryKey: ['api-keys'] });
    },
  });
  const problem = create.error instanceof CrmProblem ? create.error : undefined;
  if (create.data) return <ShowKey text={create.data.key} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('keys.make')}
      lead={t('keys.createLead')}
      footer={
        <FormFooter form="api-key" busy={create.isPending} onClose={onClose}>
          {t('keys.make')}
        </FormFooter>
      }
    >
      <form
        id="api-key"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const days = Number(form.get('days'));
          create.mutate({
            name: String(form.get('name') ?? '').trim(),
            memberId: String(form.get('memberId')),
            scopes,
            expiresAt: days ? new Date(Date.now() + days * day).toISOString() : null,
          });
        }}
      >
        <Field label={t('column.name')} hint={t('keys.nameHint')} error={fieldText(problem?.at('name'))}>
          <Input name="name" required maxLength={60} data-autofocus />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('keys.actsAs')} error={fieldText(problem?.at('memberId'))}>
            <Select name="memberId" defaultValue={member.id}>
              <NameOptions of={members} />
            </Select>
          </Field>
          <Field label={t('keys.lifetime')}>
            <Select name="days" defaultValue="365">
              <Options of={[30, 90, 365]} words={(days) => t('keys.days', { count: days })} />
              <option value="0">{t('keys.noExpiry')}</option>
            </Select>
          </Field>
        </div>
        <fieldset>
          <legend className="text-sm font-medium text-ink-2">{t('keys.scopes')}</legend>
          <p className="text-sm text-ink-3">{t('keys.scopesHint')}</p>
          <div className="max-h-72 overflow-y-auto">
            {offered.map(({ resource, verbs }) => (
              <div key={resource} className="flex flex-wrap items-center gap-x-4 border-t border-line first:border-t-0">
                <span className="basis-32 text-sm">{resourceName(resource)}</span>
                {verbs.map((verb) => (
                  <ScopeCheck key={verb} scope={`${resource}:${verb}` as Scopes[number]} scopes={scopes} set={setScopes} />
                ))}
              </div>
            ))}
          </div>
        </fieldset>
        <FormAlert error={create.error} />
      </form>
    </Dialog>
  );
}

function ScopeCheck({ scope, scopes, set }: { scope: Scopes[number]; scopes: Scopes; set: (scopes: Scopes) => void }) {
  return (
    <Check
      aria-label={scopeName(scope)}
      checked={scopes.includes(scope)}
      onChange={(event) => set(event.target.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
    >
      {verbName(scope.split(':')[1] ?? '')}
    </Check>
  );
}

function ShowKey({ text, onClose }: { text: string | undefined; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('keys.made')}
      lead={t('keys.once')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('keys.kept')}
        </Button>
      }
    >
      {text ? (
        <div className="grid gap-3">
          <code className="block rounded-lg bg-hover p-4 text-sm break-all select-all" dir="ltr" data-testid="api-key">
            {text}
          </code>
          <Button
            className="justify-self-start"
            onClick={() => {
              void navigator.clipboard?.writeText(text);
              done(t('keys.copied'));
            }}
          >
            <Copy className="size-4" aria-hidden /> {t('keys.copy')}
          </Button>
        </div>
      ) : (
        <p>{t('keys.lost')}</p>
      )}
    </Dialog>
  );
}
