import type { FieldGroup } from '../kernel/filter.ts';

/** What can become of a campaign's messages to one customer, as filters ask of it; each has its time. */
export const campaignSteps = [
  'sent',
  'delivered',
  'bounced',
  'complained',
  'opened',
  'clicked',
  'unsubscribed',
  'converted',
  'answered',
] as const;
export type CampaignStep = (typeof campaignSteps)[number];

const pattern = new RegExp(`^campaign\\.(cmp_[0-9A-HJKMNP-TV-Z]{26})\\.(${campaignSteps.join('|')})$`);

/** The campaign and step of `campaign.<id>.<step>`, or undefined for another name. */
export function campaignStepOf(field: string): { campaignId: string; step: CampaignStep } | undefined {
  const [, campaignId, step] = pattern.exec(field) ?? [];
  return campaignId && step ? { campaignId, step: step as CampaignStep } : undefined;
}

/**
 * `campaign.<id>.clicked`: when she clicked first, `sent` when she got a message of it last; absent where it never happened. "Was sent it and
 * did not click" is `sent exists` and not `clicked exists`.
 */
export const campaignGroup: FieldGroup<unknown> = {
  name: 'campaign',
  fields: () => ({}),
  named: (name) => {
    const found = campaignStepOf(name);
    return found && { type: 'date', served: 'campaigns', at: `campaigns.${found.campaignId}.${found.step}` };
  },
};
