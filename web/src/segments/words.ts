import type { FilterField } from '../../../functions/segments/fields.ts';
import { countryName, formatDate, formatList, formatNumber, languageName } from '../i18n/format.ts';
import { type MessageKey, t, tMaybe } from '../i18n/i18n.ts';
import { spanOf } from './spans.ts';
import { isGroup, type Leaf, type Node } from './tree.ts';

/** How a filter reads: the names of its fields and values, and the whole as one sentence. */
export type Names = {
  fields: readonly FilterField[];
  member: (id: string) => string;
  customer: (id: string) => string;
  list: (id: string) => string;
  campaign: (id: string) => string;
};

const sameAs: Record<string, MessageKey> = {
  kind: 'field.kind',
  email: 'column.email',
  phone: 'column.phone',
  city: 'column.city',
  country: 'column.country',
  jobTitle: 'column.jobTitle',
  lifecycle: 'column.lifecycle',
  tags: 'column.tags',
  name: 'column.name',
  createdAt: 'column.createdAt',
  lastInteractionAt: 'column.lastInteraction',
  interactions: 'customer.interactions',
};

/** A field as the screens call it. */
export function fieldName(field: string, names: Pick<Names, 'fields' | 'list' | 'campaign'>): string {
  const [group = '', ...rest] = field.split('.');
  if (group === 'consent' && rest.length > 1)
    return t('filter.consentOf', { channel: tMaybe(`channel.${rest[0]}`) ?? rest[0] ?? '', topic: topicName(rest.slice(1).join('.')) });
  if (group === 'interactions' && rest[0]) return t('filter.interactionsBy', { channel: tMaybe(`channel.${rest[0]}`) ?? rest[0] });
  if (group === 'campaign' && rest[1])
    return t('filter.campaignStep', { campaign: names.campaign(rest[0] ?? ''), step: t(`filter.step.${rest[1]}` as MessageKey) });
  if (group === 'list' && rest[0]) return t('filter.list', { list: names.list(rest[0]) });
  const label = names.fields.find((one) => one.field === field)?.label;
  const key = sameAs[field];
  return label ?? (key ? t(key) : undefined) ?? tMaybe(`filter.field.${field}`) ?? tMaybe(`field.${field}`) ?? field;
}

export const topicName = (topic: string) => tMaybe(`topic.${topic}`) ?? topic;

/** One value of a field in words. */
export function valueName(field: string, value: unknown, names: Names): string {
  const text = String(value);
  if (field === 'ownerId') return names.member(text);
  if (field === 'companyId') return names.customer(text);
  if (field === 'country' || field === 'anyCountry') return countryName(text) || text;
  if (field === 'language') return languageName(text) || text;
  if (field === 'preferredChannel') return tMaybe(`channel.${text}`) ?? text;
  if (field === 'via') return tMaybe(`via.origin.${text}`) ?? text;
  if (field.startsWith('consent.')) return tMaybe(`filter.consent.${text}`) ?? text;
  const spec = names.fields.find((one) => one.field === field);
  if (spec?.type === 'enum') return tMaybe(`${field}.${text}`) ?? text;
  if (spec?.type === 'number') return formatNumber(Number(text));
  if (spec?.type === 'date' || spec === undefined) return dateName(text);
  return text;
}

export function dateName(text: string): string {
  const span = spanOf(text);
  if (span?.count === 0) return t('filter.today');
  if (span) return t(span.back ? 'filter.spanAgo' : 'filter.spanAhead', { span: spanName(text) });
  return /^\d{4}-\d\d-\d\d/.test(text) ? formatDate(text.length === 10 ? `${text}T12:00:00Z` : text) : text;
}

export function spanName(text: string): string {
  const span = spanOf(text);
  return span ? t(`filter.unit.${span.unit}` as MessageKey, { count: span.count }) : text;
}

/** A condition as a phrase: "City is Manila", "Last interaction not in the last 90 days". */
export function phrase(leaf: Leaf, names: Names): string {
  const field = fieldName(leaf.field, names);
  const { op, value, not } = leaf;
  const isDate = (names.fields.find((one) => one.field === leaf.field)?.type ?? 'date') === 'date';
  if (op === 'exists') return t(existsKey(leaf.field, (value === true) !== not), { field });
  const values = Array.isArray(value) ? value : [value];
  if (op === 'withinLast') return t(not ? 'filter.said.notWithinLast' : 'filter.said.withinLast', { field, span: spanName(String(value)) });
  const said = values.map((each) => (each === undefined || each === '' ? '…' : valueName(leaf.field, each, names)));
  const words: Record<string, string> =
    op === 'between' ? { from: said[0] ?? '…', to: said[1] ?? '…' } : { value: formatList(said, 'disjunction') };
  const tagged = leaf.field === 'tags' && (op === 'eq' || op === 'in' ? 'tagged' : op === 'ne' || op === 'nin' ? 'notTagged' : undefined);
  const plain = t(`filter.said.${tagged || (isDate && dated.has(op) ? `date.${op}` : op)}` as MessageKey, { field, ...words });
  return not ? t('filter.said.not', { phrase: plain }) : plain;
}
const dated = new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between']);

const existsKey = (field: string, is: boolean): MessageKey => {
  if (field.startsWith('list.')) return is ? 'filter.said.onList' : 'filter.said.offList';
  if (field.startsWith('campaign.')) return is ? 'filter.said.happened' : 'filter.said.notHappened';
  return is ? 'filter.said.exists' : 'filter.said.missing';
};

/** A whole filter as a sentence; groups within stand in brackets. */
export function sentence(node: Node, names: Names, nested = false): string {
  if (!isGroup(node)) return phrase(node, names);
  const parts = node.members.map((member) => sentence(member, names, node.members.length > 1));
  if (parts.length === 0) return t('filter.everybody');
  const joined = formatList(parts, node.kind === 'or' ? 'disjunction' : 'conjunction');
  const said = nested && parts.length > 1 ? `(${joined})` : joined;
  return node.not ? t('filter.said.not', { phrase: parts.length > 1 && !nested ? `(${joined})` : said }) : said;
}
