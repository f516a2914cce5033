import { countryName, formatDateTime, formatList, languageName } from '../i18n/format.ts';
import { type MessageKey, t, tMaybe } from '../i18n/i18n.ts';

type Row = Record<string, unknown>;

export const addressText = (address: {
  lines?: string[];
  postalCode?: string | null;
  city?: string | null;
  region?: string | null;
  country?: string | null;
}) =>
  [...(address.lines ?? []), [address.postalCode, address.city].filter(Boolean).join(' '), address.region, countryName(address.country)]
    .filter(Boolean)
    .join(', ');

const rowText = (row: Row): string => {
  if (typeof row.address === 'string') return row.address;
  if (typeof row.number === 'string') return `\u2066${row.number}\u2069`;
  if (typeof row.source === 'string') return `${row.source}: ${String(row.id)}`;
  if (Array.isArray(row.lines)) return addressText(row as never);
  return Object.values(row)
    .filter((value) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map((value) => (typeof value === 'object' ? rowText(value as Row) : String(value)))
    .join(', ');
};

/** What the audit says of a job stands under the job's kind: that it was started, resumed or undone. */
const jobKinds: Partial<Record<string, MessageKey>> = {
  import: 'resource.imports',
  export: 'verb.export',
  'hand-over': 'members.handOver',
  'fill-list': 'list.filling',
};
const jobSteps: Partial<Record<string, MessageKey>> = { started: 'job.draft', resumed: 'import.resume', undone: 'job.undone' };

/** Fields that no form shows under their own name. */
const elsewhere: Partial<Record<string, MessageKey>> = {
  ...jobKinds,
  revokedAt: 'keys.isRevoked',
  expiresAt: 'keys.lifetime',
  rootCause: 'case.rootCause',
  resolution: 'case.resolution',
  liftReason: 'suppression.why',
  description: 'segment.description',
  coolDownDays: 'survey.coolDown',
};

/** The name of a field as the screens call it; undefined of what the product keeps for itself, which no screen shows. */
export const knownLabel = (field: string): string | undefined =>
  tMaybe(elsewhere[field] ?? '') ??
  tMaybe(`field.${field}`) ??
  tMaybe(`column.${field}`) ??
  tMaybe(`log.${field}`) ??
  (field.startsWith('custom.') ? field.slice('custom.'.length) : undefined);

export const fieldLabel = (field: string): string => knownLabel(field) ?? field;

/** Where the words of a field's values stand that are not under its own name. */
const wordsOf: Partial<Record<string, readonly string[]>> = {
  priority: ['followUp.priority'],
  source: ['via.origin'],
  state: ['followUps.state', 'campaignState', 'runState', 'case.state', 'theme.state', 'surveyState', 'form.state', 'senders.state'],
};

/** Any value of a field in words: for histories and conflicts. */
export function valueText(field: string, value: unknown, names: (id: string) => string): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return t('history.empty');
  if (Array.isArray(value)) return formatList(value.map((each) => valueText(field, each, names)));
  if (field === 'recurrence') return repeatText(value as { every: string; interval: number });
  if (typeof value === 'object') return rowText(value as Row) || t('history.empty');
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  const text = String(value);
  if (field === 'ownerId' || field === 'memberId') return names(text);
  if (field === 'language') return languageName(text);
  if (/At$/.test(field) && /^\d{4}-\d\d-\d\dT/.test(text)) return formatDateTime(text);
  const step = jobKinds[field] && jobSteps[text];
  if (step) return t(step);
  const places = [field, ...(wordsOf[field] ?? [])];
  return places.map((place) => tMaybe(`${place}.${text}`)).find((words) => words !== undefined) ?? text;
}

const repeatText = ({ every, interval }: { every: string; interval: number }) =>
  tMaybe(`followUp.repeat.${every}`, { n: interval }) ?? every;
