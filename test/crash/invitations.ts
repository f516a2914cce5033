import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { tokenHash } from '../../functions/responses/invitation.entity.ts';
import type { CampaignWorld } from './campaign-world.ts';
import type { Story } from './kinds.ts';

/** Messages that are invitations to a survey: each must open what is its reader's alone. */
export const invitation = (surveyId: string): Campaign['content'] => ({
  ...{ senderId: null, topic: 'news', fallbackLanguage: 'en', surveyId },
  variants: [{ key: 'A', weight: 1, texts: { en: { subject: 'A question', body: '[Say it here]({{links.survey}})' } } }],
});

/** Everybody who was written to has one link, however often it was made, and by it there is one invitation. */
export function invitationFaults(world: CampaignWorld, { kind, tenant, campaign }: Story): string[] {
  if (kind !== 'second' && !campaign?.content?.surveyId) return [];
  const mails = world.loopback.mailbox.list(100_000).filter(({ tags }) => tags.tenant === tenant);
  const owners = new Map<string, string>();
  return [...Map.groupBy(mails, ({ to }) => to[0] ?? '')].flatMap(([address, own]) => {
    const tokens = new Set(own.map(({ text }) => /\/p\/s\/([\w.-]+)/.exec(text ?? '')?.[1] ?? ''));
    const [token = ''] = tokens;
    if (tokens.size !== 1 || token === '') return [`${address} has ${tokens.size} links`];
    const other = owners.get(token);
    owners.set(token, address);
    if (other) return [`${address} and ${other} have one link`];
    const rows = world.rows(`T#${tenant}#INV#${tokenHash(token)}`);
    return rows.length === 1 ? [] : [`the link of ${address} opens ${rows.length} invitations`];
  });
}
