import { textParts } from '../channels/text-parts.ts';
import { type Campaign, contentOf } from './campaign.ts';
import { filled, marked } from './template.ts';

/**
 * In how many parts a text message of a campaign is planned to go, for each part is billed: those of its longest text, with as much in place
 * of its variables as they mostly have. What a dry run finds of the audience itself says it exactly. 1 for every other channel. Pure.
 */
export function plannedParts(campaign: Pick<Campaign, 'channel' | 'content' | 'waves'>, occurrence?: string): number {
  const content = campaign.channel === 'sms' ? contentOf(campaign as Campaign, occurrence) : null;
  const texts = (content?.variants ?? []).flatMap((variant) => Object.values(variant.texts));
  return Math.max(1, ...texts.map(({ body }) => textParts(sampled(body))));
}

/** Characters of a name, a date or a number; of a survey's link, and of one by which she unsubscribes. */
const lengths = { usual: 14, survey: 60, leave: 240 } as const;
const lengthOf = (name: string) => (name === 'links.survey' ? lengths.survey : name.startsWith('links.') ? lengths.leave : lengths.usual);

function sampled(source: string): string {
  const { text, variables } = marked(source);
  const asIs = (piece: string) => piece;
  return filled(text, variables, { find: (name) => ({ text: 'x'.repeat(lengthOf(name)) }), filling: { escape: asIs, literal: asIs } });
}
