import { signed } from '../i18n/direction.ts';
import { currentRegion, localeTag } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { fieldText } from '../i18n/problem-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import type { Campaign, Run } from './queries.ts';

const tones: Record<Campaign['state'], Tone> = {
  draft: 'plain',
  waiting_approval: 'mango',
  approved: 'sky',
  active: 'brand',
  paused: 'mango',
  ended: 'plain',
};

export const CampaignBadge = ({ campaign: { state, pausedBecause } }: { campaign: Pick<Campaign, 'state' | 'pausedBecause'> }) => (
  <Badge tone={tones[state]}>
    {t(`campaignState.${state}`)}
    {state === 'paused' && pausedBecause && pausedBecause !== 'person' ? ` · ${t(`pausedBecause.${pausedBecause}`)}` : ''}
  </Badge>
);

const runTones: Record<Run['state'], Tone> = {
  scheduled: 'plain',
  snapshotting: 'sky',
  sealed: 'sky',
  waiting_approval: 'mango',
  running: 'brand',
  paused: 'mango',
  draining: 'brand',
  completed: 'plain',
  missed: 'danger',
  cancelled: 'plain',
};
export const RunBadge = ({ run: { state, pausedFor } }: { run: Pick<Run, 'state' | 'pausedFor'> }) => (
  <Badge tone={runTones[state]}>
    {t(`runState.${state}`)}
    {pausedFor && pausedFor !== 'person' ? ` · ${t(`pausedBecause.${pausedFor}`)}` : ''}
  </Badge>
);

export const formatMoney = (amount: string | number, currency = currentRegion().currency) =>
  new Intl.NumberFormat(localeTag(), { style: 'currency', currency, numberingSystem: 'latn' }).format(Number(amount));

export const formatShare = (share: number) =>
  new Intl.NumberFormat(localeTag(), { style: 'percent', maximumFractionDigits: 1, numberingSystem: 'latn' }).format(share);

/** Points of a percentage with their sign: `+3.2`. */
export const formatPoints = (share: number) =>
  signed(
    new Intl.NumberFormat(localeTag(), { maximumFractionDigits: 1, signDisplay: 'exceptZero', numberingSystem: 'latn' }).format(
      share * 100,
    ),
  );

/** One wrong thing in the reader's language; where it has a place in a text, with that place. */
export function faultText({ code, detail }: { code: string; detail: string }): string {
  const place = /^line (\d+), column (\d+)/.exec(detail);
  const words = tMaybe(`campaignFault.${code}`) ?? tMaybe(`invalid.${code}`) ?? fieldText({ pointer: '', code, detail }) ?? '';
  return place ? `${t('campaign.place', { line: Number(place[1]), column: Number(place[2]) })}: ${words}` : words;
}
