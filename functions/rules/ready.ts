import { liveFields, type Workspace } from '../admin/workspace.ts';
import { type AskingName, readySurveyId, readyTextId } from './ready-texts.ts';
import { type ReadyName, ReadyRule } from './rule.ts';

const owner = { to: 'owner' };
const lead = { to: 'lead' };
const followUp = (title: string, more: object = {}) => ({ kind: 'followUp', title, for: owner, ...more });

/** The live date fields whose key or label holds one of some words, and the others after them. */
function dateFields(workspace: Pick<Workspace, 'fields'>, words: readonly string[]): { named: string[]; others: string[] } {
  const dates = liveFields(workspace).filter(({ kind }) => kind === 'date');
  const isNamed = ({ key, label }: { key: string; label: string }) => words.some((word) => `${key} ${label}`.toLowerCase().includes(word));
  const keys = (named: boolean) => dates.filter((field) => isNamed(field) === named).map(({ key }) => key);
  return { named: keys(true), others: keys(false) };
}

const made = (ready: ReadyName, rule: object): ReadyRule => ReadyRule.parse({ ...rule, ready });

/**
 * Ready-made rules in a workspace's own fields. Those that need a date field are there when the workspace has one; those that ask name a
 * text and a survey that are made with the rule.
 */
export function readyRules(workspace: Pick<Workspace, 'id' | 'fields' | 'createdAt'>): ReadyRule[] {
  const [birthday] = dateFields(workspace, ['birth', 'naissance', 'anniversaire', 'kaarawan', 'سالگرہ', 'วันเกิด']).named;
  const { named, others } = dateFields(workspace, ['end', 'renew', 'expir', 'warrant', 'due']);
  const ends = named[0] ?? others.find((key) => key !== birthday);
  const ask = (name: AskingName, more: object) => ({ kind: 'message', templateId: readyTextId(workspace.id, name), at: '09:00', ...more });
  return [
    made('silence', {
      name: 'Nothing heard for 90 days',
      when: { kind: 'silence', days: 90 },
      where: { field: 'lifecycle', op: 'eq', value: 'active' },
      does: [followUp('Ask how things are', { channel: 'call' })],
    }),
    ...(ends
      ? [
          made('date', {
            name: 'A date comes near',
            when: { kind: 'date', field: `custom.${ends}`, daysBefore: 30 },
            does: [followUp('Offer to renew', { priority: 'high' })],
          }),
        ]
      : []),
    made('service', {
      name: 'Service is due every 6 months',
      when: { kind: 'every', months: 6, since: { reason: 'service' } },
      does: [followUp('Arrange the service', { channel: 'call' })],
    }),
    ...(birthday
      ? [
          made('birthday', {
            name: 'Birthday',
            when: { kind: 'date', field: `custom.${birthday}`, yearly: true },
            does: [followUp('Wish a happy birthday', { channel: 'call' })],
          }),
        ]
      : []),
    made('complaint', {
      name: 'A complaint is unanswered for 24 hours',
      when: { kind: 'unanswered', hours: 24 },
      does: [
        followUp('Answer the complaint', { priority: 'high' }),
        { kind: 'notify', text: 'A complaint waits for an answer', for: lead },
      ],
    }),
    made('case', {
      name: 'A complaint becomes a case',
      when: { kind: 'interaction.created', direction: 'in', reason: 'complaint' },
      does: [{ kind: 'case', type: 'complaint', priority: 'high', for: owner }],
    }),
    made('breach', {
      name: 'A case is too late',
      when: { kind: 'case.breach', step: 'breach' },
      does: [
        { kind: 'escalate', priority: 'urgent' },
        followUp('Step in: a case is too late', { priority: 'high', for: lead }),
        { kind: 'notify', text: 'A case is too late', for: lead },
      ],
    }),
    made('detractor', {
      name: 'An unhappy answer to a survey',
      when: { kind: 'response.completed', band: 'detractor' },
      does: [
        { kind: 'case', type: 'complaint', priority: 'high', for: owner },
        followUp('Call back: an unhappy answer', { channel: 'call', priority: 'high' }),
        { kind: 'notify', text: 'An unhappy answer came in', for: owner },
      ],
    }),
    made('visit', {
      name: 'Ask after a visit',
      when: { kind: 'interaction.created', channel: 'visit', reason: 'service' },
      does: [ask('visit', { surveyId: readySurveyId(workspace, 'afterVisit'), inDays: 1 })],
    }),
    made('closed', {
      name: 'Ask when a case is closed',
      when: { kind: 'case.changed', to: 'closed' },
      does: [ask('closed', { surveyId: readySurveyId(workspace, 'afterCase') })],
    }),
    made('again', {
      name: 'Ask again 30 days after an unhappy answer',
      when: { kind: 'response.completed', band: 'detractor' },
      does: [ask('again', { asksAgain: true, inDays: 30 })],
    }),
  ];
}
