import { unsubscribeUrl } from '../preferences/links.ts';
import { sampleToken, surveyUrl } from '../responses/link.ts';
import { tagsOf } from '../runs/send.ts';
import { type Campaign, contentOf } from './campaign.ts';
import type { Links } from './variables.ts';

const sample = 'https://links.example/';

/**
 * Links as long as those of a campaign's message will be, for a text message is billed by its length; they lead nowhere: nobody unsubscribes
 * a customer by trying a preview.
 */
export async function sampleLinks(tenant: string, campaign: Campaign, occurrence = '20260101T0000Z'): Promise<Required<Links>> {
  const survey = surveyUrl(sampleToken(tenant));
  if (campaign.channel !== 'sms') return { unsubscribe: `${sample}unsubscribe`, preferences: `${sample}preferences`, survey };
  const channel = 'sms' as const;
  const place = { run: { campaignId: campaign.id, occurrence }, shard: 0, channel, hash: '0'.repeat(22) };
  const { tenant: _, ...send } = tagsOf(tenant, place);
  const topic = contentOf(campaign, occurrence)?.topic ?? null;
  const link = { customerId: `cus_${'0'.repeat(26)}`, channel, address: '0', send } as const;
  const asLong = async (as: string | null) => sample.padEnd((await unsubscribeUrl({ tenant }, { ...link, topic: as })).length, '0');
  return { unsubscribe: await asLong(topic), preferences: await asLong(null), survey };
}
