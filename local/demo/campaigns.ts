import type { CampaignInput } from '../../functions/campaigns/campaign-views.ts';
import { workspaceSenderId } from '../../functions/senders/sender.ts';
import { atMinute, dayMs, wallOf } from './hours.ts';
import { letters } from './texts/campaigns.ts';

/** The four campaigns of Batis: what each is, and what the story lets become of it. */
export const campaignKeys = ['scheduled', 'completed', 'running', 'bounced'] as const;
export type CampaignKey = (typeof campaignKeys)[number];

export const campaignNames: Record<CampaignKey, string> = {
  scheduled: 'Cartridge due: a reminder in the morning',
  completed: 'Next cartridge, 10 % off',
  running: 'Service hours over the holidays',
  bounced: 'New: the Batis Bar',
};

export interface CampaignSetting {
  tenant: string;
  /** The story's start, in ms. */
  start: number;
  /** Segment ids by name. */
  segments: ReadonlyMap<string, string>;
  listId: string;
}

const zone = 'Asia/Manila';
const minuteMs = 60_000;
const pesos = (amount: string) => ({ amount, currency: 'PHP' });
const iso = (time: number) => new Date(time).toISOString();
const allDay = { from: '00:00', to: '00:00' };

const content = (tenant: string, topic: string, texts: (typeof letters)[keyof typeof letters]) => ({
  senderId: workspaceSenderId(tenant),
  topic,
  fallbackLanguage: 'en',
  variants: [{ key: 'A', weight: 1, texts }],
});
/** Those with a filter of ours who permit the topic. */
const owners = (topic: string) => ({
  where: {
    and: [
      { field: `consent.email.${topic}`, op: 'eq' as const, value: 'granted' },
      { field: 'custom.model', op: 'exists' as const, value: true },
    ],
  },
});
const audience = (part: object, holdoutPercent = 0) => ({ include: [part], exclude: [], holdoutPercent });
const planned = (amount: string, costs: [string, string][] = []) => ({
  planned: pesos(amount),
  manualCosts: costs.map(([label, sum]) => ({ label, amount: pesos(sum) })),
});
const goal = (metric: object, target: number, rest: object) => ({ metric, target, ...rest });

/** When each is to begin, in ms. */
export function beginnings(start: number): Record<CampaignKey, number> {
  const { hour, minute } = wallOf(zone, start);
  // The half hour that is just over in Manila: Bangkok, Karachi and Lyon have it later.
  const half = Math.floor((hour * 60 + minute) / 30) * 30;
  return {
    scheduled: atMinute(zone, start + dayMs, 9 * 60),
    completed: atMinute(zone, start - 12 * dayMs, 10 * 60),
    running: atMinute(zone, start, half),
    bounced: atMinute(zone, start - dayMs, 11 * 60),
  };
}

/** The definitions as `POST /v1/campaigns` takes them. */
export function campaignInputs({ tenant, start, segments, listId }: CampaignSetting): Record<CampaignKey, CampaignInput> {
  const begins = beginnings(start);
  const deadline = iso(start + 30 * dayMs);
  const once = (key: CampaignKey) => ({ kind: 'once' as const, at: iso(begins[key]), zone });
  const said: Record<CampaignKey, object> = {
    scheduled: {
      goal: goal({ kind: 'replied', channel: null }, 20, { deadline }),
      budget: planned('1500'),
      audience: audience({ segmentId: segments.get('Manila: cartridge due, silent for 90 days') }),
      content: content(tenant, 'service', letters.due),
    },
    completed: {
      goal: goal({ kind: 'interaction', outcome: 'resolved', reason: 'order', channel: null }, 25, {
        deadline,
        withinDays: 10,
        worth: pesos('850'),
      }),
      budget: planned('6000', [['Printing of the vouchers', '3800']]),
      audience: audience({ listId }, 30),
      content: content(tenant, 'service', letters.offer),
    },
    running: {
      goal: goal({ kind: 'replied', channel: null }, 15, { deadline }),
      budget: planned('1000'),
      audience: audience(owners('service')),
      content: content(tenant, 'service', letters.hours),
      sendAtLocal: true,
      quietHours: allDay,
      maxLatenessMinutes: 1_440,
    },
    bounced: {
      goal: goal({ kind: 'clicked' }, 30, { deadline }),
      budget: planned('2000', [['Photographs', '1200']]),
      audience: audience(owners('offers')),
      content: content(tenant, 'offers', letters.bars),
      quietHours: allDay,
    },
  };
  const withName = (key: CampaignKey) => [key, { name: campaignNames[key], schedule: once(key), ...said[key] }];
  return Object.fromEntries(campaignKeys.map(withName)) as Record<CampaignKey, CampaignInput>;
}

/** From a local time of Manila to the moment at which a run at local times begins, where that time comes first. */
export const firstOnEarth = (time: number): number => {
  const { hour, minute } = wallOf(zone, time);
  return atMinute('Pacific/Kiritimati', time - 6 * 60 * minuteMs, hour * 60 + minute);
};
