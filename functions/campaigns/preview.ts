import type * as z from 'zod';
import { textParts } from '../channels/text-parts.ts';
import type { Ctx } from '../context.ts';
import { Customer } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import type { Campaign } from './campaign.ts';
import type { Preview, PreviewInput } from './campaign-views.ts';
import { contentErrors, renderFor } from './content.ts';
import { sampleLinks } from './sample-links.ts';

/** A customer who has everything a text may ask for, for whoever has chosen none yet. */
function sampleCustomer({ workspace, now }: Pick<Ctx, 'workspace' | 'now'>): Customer {
  const example = { text: '…', choice: '…', number: 7, date: isoOf(now).slice(0, 10) };
  const at = isoOf(now);
  return Customer.parse({
    id: 'cus_00000000000000000000000000',
    kind: 'person',
    name: 'Alma Reyes',
    givenName: 'Alma',
    familyName: 'Reyes',
    salutation: 'Ms',
    jobTitle: 'Manager',
    emails: [{ address: 'alma@customer.example', primary: true }],
    addresses: [{ lines: ['1 Example Street'], city: 'Manila', country: workspace.country, primary: true }],
    custom: Object.fromEntries(
      workspace.fields.map(({ key, kind, choices }) => [key, kind === 'choice' ? (choices[0] ?? '…') : example[kind]]),
    ),
    via: 'person',
    createdAt: at,
    updatedAt: at,
    version: 1,
  });
}

/** A message of what is saved, or of what is being written. Throws `invalid_input` for a content that cannot be rendered. */
export async function previewOf(ctx: Ctx, saved: Campaign, asked: z.output<typeof PreviewInput>): Promise<z.output<typeof Preview>> {
  const { content, customerId, language, variant, occurrence } = asked;
  const campaign = content ? { ...saved, content, waves: [] } : saved;
  const errors = campaign.content ? contentErrors(campaign.content, campaign.channel, ctx.workspace.fields) : [];
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  const customer = customerId ? await ctx.customers.get(customerId) : sampleCustomer(ctx);
  const result = renderFor(campaign, customer, {
    workspace: ctx.workspace,
    now: ctx.now,
    links: await sampleLinks(ctx.tenant, campaign, occurrence),
    ...(language && { language }),
    ...(variant && { variant }),
    ...(occurrence && { occurrence }),
  });
  const nothing = { subject: null, text: null, html: null, language: null, variant: null, parts: null };
  if ('problem' in result) return { ...nothing, problem: result.problem };
  return { ...result, parts: campaign.channel === 'sms' ? textParts(result.text) : null, problem: null };
}
