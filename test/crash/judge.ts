import type { Item } from '../../functions/table/entity.ts';
import { movableNow } from '../../local/clock.ts';
import type { CampaignWorld } from './campaign-world.ts';
import { invitationFaults } from './invitations.ts';
import { entriesOf, type Got, gotIn, partitionOf, type Story, sendsOf } from './kinds.ts';
import { escalationFaults, secondFaults } from './workflows.ts';

/**
 * The judge knows what the loopback SES accepted, which it wrote down by itself, and compares that with what the product's rows say.
 * Lost: who should have got a message has neither the provider's acceptance nor a recorded end. Doubled: the provider accepted more than
 * one message for a send.
 */
export type Verdict = {
  recipients: number;
  lost: number;
  doubled: number;
  /** Doubled under the policy "retry", where the provider's own event was lost: counted apart. */
  doubledUntold: number;
  unresolved: number;
  /** Messages to addresses that must not be written to. */
  unwanted: number;
  /** Rows that say what is not so: sent without the provider's acceptance, a run that did not end, counts that are no recount. */
  wrong: number;
  notes: string[];
};

const ends = new Set(['sent', 'delivered', 'failed', 'bounced', 'complained', 'skipped', 'unresolved']);
const accepting = new Set(['sent', 'delivered', 'bounced', 'complained']);

export function judge(world: CampaignWorld, story: Story, { retry }: { retry: boolean }): Verdict {
  const { tenant, campaign, expected, barred, untold, ruleId = '' } = story;
  if (story.kind === 'escalation') return judgeEscalation(world, { tenant, ruleId });
  const rows = world.rows(partitionOf(story)) as Item[];
  const bySend = sendsOf(world, story);
  const got = gotIn(world, story);
  const verdict: Verdict = {
    recipients: expected.size,
    lost: 0,
    doubled: 0,
    doubledUntold: 0,
    unresolved: 0,
    unwanted: 0,
    wrong: 0,
    notes: [],
  };
  const note = (text: string) => verdict.notes.push(`${tenant}: ${text}`);
  const byTag = Map.groupBy(got, ({ tag }) => tag);
  for (const [tag, accepted] of byTag) {
    if (accepted.length < 2) continue;
    const extra = accepted.length - 1;
    if (retry && untold.has(tag)) verdict.doubledUntold += extra;
    else {
      verdict.doubled += extra;
      note(`${tag} was accepted ${accepted.length} times`);
    }
  }
  const reached = new Set(got.map(({ to }) => to));
  verdict.unwanted = [...barred].filter((address) => reached.has(address)).length;
  const states = new Map([...bySend].map(([tag, send]) => [tag, String(send.st)]));
  for (const [tag, state] of states) {
    const isAccepted = byTag.has(tag);
    if (!ends.has(state) && !isAccepted) {
      verdict.lost++;
      note(`${tag} is ${state} and was never accepted`);
    } else if (!ends.has(state)) {
      verdict.wrong++;
      note(`${tag} is ${state} although it was accepted`);
    }
    if (state === 'unresolved') verdict.unresolved++;
    if (accepting.has(state) && !isAccepted) {
      verdict.lost++;
      note(`${tag} is ${state} and was never accepted`);
    }
    if (state === 'skipped' && isAccepted) {
      verdict.wrong++;
      note(`${tag} is skipped although it was accepted`);
    }
    const fact = toldOf(byTag.get(tag) ?? []);
    if (fact && state !== fact && !untold.has(tag) && ends.has(state)) {
      verdict.lost++;
      note(`${tag} is ${state}; the provider told ${fact}`);
    }
    const send = bySend.get(tag);
    const entries = accepting.has(state) && send ? entriesOf(world, story, String(send.c)) : 1;
    // Of what was sent twice, as the policy "retry" may, she got two.
    if (entries < 1 || entries > Math.max(1, byTag.get(tag)?.length ?? 0)) {
      verdict[entries === 0 ? 'lost' : 'wrong']++;
      note(`${tag} is ${state} and ${entries} times on the timeline`);
    }
  }
  for (const fault of invitationFaults(world, story)) {
    verdict.lost++;
    note(fault);
  }
  // Everybody of the audience has a row.
  const missing = expected.size + barred.size - bySend.size;
  if (missing !== 0) {
    verdict.lost += Math.abs(missing);
    note(`${missing} recipients have no row`);
  }
  if (story.kind === 'second') {
    const { lost, doubled, notes } = secondFaults(world, { tenant, ruleId, many: expected.size });
    verdict.lost += lost;
    verdict.doubled += doubled;
    notes.forEach(note);
  }
  if (campaign) judgeRun(rows, { sends: bySend.size, verdict, note });
  return verdict;
}

/** Nothing is sent: each case is warned of, broken and made urgent, once. */
function judgeEscalation(world: CampaignWorld, { tenant, ruleId }: { tenant: string; ruleId: string }): Verdict {
  const { lost, doubled, notes, many } = escalationFaults(world, { tenant, ruleId });
  const none = { doubledUntold: 0, unresolved: 0, unwanted: 0, wrong: 0 };
  return { recipients: many, lost, doubled, ...none, notes: notes.map((text) => `${tenant}: ${text}`) };
}

type Judging = { sends: number; verdict: Verdict; note: (text: string) => void };

/** A run ends, and its counts are what a recount of its sends gives. */
function judgeRun(rows: readonly Item[], { sends, verdict, note }: Judging): void {
  const run = rows.find(({ sk }) => sk === 'META');
  const counted = rows.filter(({ sk }) => sk.startsWith('COUNT#')).map(({ cn }) => cn as { n?: number; ss?: Record<string, number> });
  const open = counted.reduce((sum, { ss = {} }) => sum + (ss.pending ?? 0) + (ss.claimed ?? 0) + (ss.unknown ?? 0), 0);
  const total = counted.reduce((sum, { n = 0 }) => sum + n, 0);
  if (run?.st === 'completed' && (open > 0 || total !== sends)) {
    verdict.wrong++;
    note(`the counts say ${open} open of ${total}; there are ${sends}, and the run is completed`);
  }
  if (run?.st !== 'completed') {
    verdict.wrong++;
    note(`the run is ${String(run?.st)}`);
    if (process.env.CRASH_DUMP)
      console.error(
        JSON.stringify(rows.filter(({ sk }) => sk !== 'PLAN').map(({ pk: _p, rq: _r, ...row }) => row)),
        new Date(movableNow()).toISOString(),
      );
  }
}

/** The highest that was told of what came more than once, perhaps. */
const order = ['delivered', 'bounced', 'complained'] as const;
const toldOf = (got: readonly Got[]) => order.findLast((state) => got.some(({ told }) => told === state));
