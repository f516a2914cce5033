import type { Workspace } from '../admin/workspace.ts';
import type { FieldGroup } from '../kernel/filter.ts';
import { Consent } from './customer.ts';

type Permission = Pick<Consent, 'channel' | 'topic'>;

/** Where a customer's row holds a consent for a filter. A dot in a topic leads nowhere. */
export const consentSlot = ({ channel, topic }: Permission) => `${channel}#${topic.replaceAll('.', '\u2024')}`;

const prefix = 'consent.';
export const consentField = ({ channel, topic }: Permission) => `${prefix}${channel}.${topic}`;

/** The channel and topic of `consent.<channel>.<topic>`; a topic may hold dots, a channel none. */
export function permissionOf(field: string): Permission {
  const rest = field.slice(prefix.length);
  const dot = rest.indexOf('.');
  return { channel: rest.slice(0, dot) as Consent['channel'], topic: rest.slice(dot + 1) };
}

/** What a consent may be about: the workspace's topics, and what somebody needs to know. */
export const topicsOf = (consentTopics: readonly string[]) => [...consentTopics, 'transactional'];

/** `consent.email.news`: what a customer said last of a channel and topic; absent where she has said nothing. */
export const consentGroup: FieldGroup<Pick<Workspace, 'consentTopics'>> = {
  name: 'consent',
  fields: ({ consentTopics }) =>
    Object.fromEntries(
      Consent.shape.channel.options.flatMap((channel) =>
        topicsOf(consentTopics).map((topic) => [
          consentField({ channel, topic }),
          { type: 'enum', served: 'consents', values: Consent.shape.status.options, at: `consents.${consentSlot({ channel, topic })}` },
        ]),
      ),
    ),
};
