import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { meQuery, useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { NoPermission } from '../ui/states.tsx';
import { done } from '../ui/toast.tsx';
import { sendersQuery } from './queries.ts';
import { textIn } from './section-form.tsx';

type Sending = NonNullable<NonNullable<Call<'updateWorkspace'>['body']>['sending']>;
const channels = ['email', 'sms', 'call', 'letter'] as const;
const guards = ['bouncePercent', 'bounceFrom', 'complaintPercent', 'complaintFrom', 'errorPercent', 'errorFrom'] as const;

/** What messages cost, how many a customer may get, when not, and what stops a run. */
export function SendingSettings() {
  const can = useCan();
  if (!can.any('settings', 'read')) return <NoPermission />;
  return <Form />;
}

function Form() {
  const { workspace } = useMe();
  const can = useCan();
  const queryClient = useQueryClient();
  const senders = useQuery(sendersQuery);
  const editable = can.any('settings', 'write');
  const { sending } = workspace;
  const save = useMutation({
    mutationFn: (body: Sending) => call('updateWorkspace', { version: workspace.version, body: { sending: body } }),
    onSuccess: async () => {
      done(t('customer.saved'));
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const read = (form: FormData): Sending => {
    const number = (name: string) => (textIn(form, name) ? Number(textIn(form, name)) : null);
    const each = <T,>(of: (channel: (typeof channels)[number]) => T) =>
      Object.fromEntries(channels.map((channel) => [channel, of(channel)]));
    const [from, to] = [textIn(form, 'quietFrom'), textIn(form, 'quietTo')];
    return {
      approvalAbove: number('approvalAbove'),
      defaultSenderId: textIn(form, 'sender') || null,
      quietHours: from && to ? { from, to } : null,
      unitPrices: each((channel) => textIn(form, `price.${channel}`) || '0'),
      messageLimits: each((channel) => ({ perDay: number(`day.${channel}`), perWeek: number(`week.${channel}`) })),
      guards: Object.fromEntries(guards.map((name) => [name, Number(textIn(form, name))])),
    };
  };
  return (
    <Section title={t('sending.title')}>
      <form
        key={workspace.version}
        className="grid gap-5 py-2"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(read(new FormData(event.currentTarget)));
        }}
      >
        <fieldset disabled={!editable} className="grid gap-5">
          {!editable && <p className="text-sm text-ink-3">{t('settings.readOnly')}</p>}
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('sending.approvalAbove')} hint={t('sending.approvalHint')}>
              <Input name="approvalAbove" type="number" min={0} max={10_000_000} defaultValue={sending.approvalAbove ?? ''} />
            </Field>
            <Field label={t('sending.sender')}>
              <Select name="sender" key={senders.data?.data.length} defaultValue={sending.defaultSenderId ?? ''}>
                <option value="">{t('campaign.senderDefault')}</option>
                {senders.data?.data.map(({ id, name, address }) => (
                  <option key={id} value={id}>
                    {`${name} <${address}>`}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('sending.quietFrom')} hint={t('sending.quietHint')}>
              <Input name="quietFrom" type="time" defaultValue={sending.quietHours?.from ?? ''} />
            </Field>
            <Field label={t('sending.quietTo')}>
              <Input name="quietTo" type="time" defaultValue={sending.quietHours?.to ?? ''} />
            </Field>
          </div>
          <div className="overflow-x-auto">
            <table className="w-full text-sm">
              <caption className="mb-1 text-start text-ink-3">{t('sending.channelsLead')}</caption>
              <thead className="text-ink-3">
                <tr>
                  <th scope="col" className="sr-only">
                    {t('campaign.channel')}
                  </th>
                  {[t('sending.price', { currency: workspace.currency }), t('sending.perDay'), t('sending.perWeek')].map((head) => (
                    <th key={head} scope="col" className="px-1 py-1 text-start font-medium">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {channels.map((channel) => {
                  const name = t(`channel.${channel}`);
                  const limits = sending.messageLimits[channel];
                  return (
                    <tr key={channel}>
                      <th scope="row" className="py-1 pe-2 text-start font-medium">
                        {name}
                      </th>
                      <td className="p-1">
                        <Input
                          name={`price.${channel}`}
                          aria-label={`${name}: ${t('sending.price', { currency: workspace.currency })}`}
                          inputMode="decimal"
                          dir="ltr"
                          defaultValue={sending.unitPrices[channel]}
                        />
                      </td>
                      <td className="p-1">
                        <Input
                          name={`day.${channel}`}
                          aria-label={`${name}: ${t('sending.perDay')}`}
                          type="number"
                          min={1}
                          max={1_000}
                          defaultValue={limits.perDay ?? ''}
                        />
                      </td>
                      <td className="p-1">
                        <Input
                          name={`week.${channel}`}
                          aria-label={`${name}: ${t('sending.perWeek')}`}
                          type="number"
                          min={1}
                          max={1_000}
                          defaultValue={limits.perWeek ?? ''}
                        />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          <fieldset className="grid gap-2">
            <legend className="text-sm font-medium text-ink-2">{t('sending.guards')}</legend>
            <p className="text-sm text-ink-3">{t('sending.guardsLead')}</p>
            <div className="grid gap-4 sm:grid-cols-2">
              {guards.map((name) => (
                <Field key={name} label={t(`sending.${name}`)}>
                  <Input
                    name={name}
                    type="number"
                    step={name.endsWith('Percent') ? '0.01' : 1}
                    min={name.endsWith('Percent') ? 0.01 : 1}
                    required
                    defaultValue={sending.guards[name]}
                  />
                </Field>
              ))}
            </div>
          </fieldset>
        </fieldset>
        <Alert>{problem && (problem.errors[0] ? fieldText(problem.errors[0]) : problemText(problem))}</Alert>
        {editable && (
          <div className="flex justify-end">
            <Button look="primary" type="submit" busy={save.isPending}>
              {t('common.save')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
