import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import type { Channel, Interaction, InteractionInput } from '../api/types.ts';
import { type Mentions, marked, unmarked } from '../notifications/mention-text.ts';
import { channelLooks } from './channels.tsx';

/** What is being written down, before it is sent. */
export type Draft = {
  channel: Channel;
  direction: 'in' | 'out' | 'none';
  reason: Interaction['reason'];
  outcome: Interaction['outcome'];
  via: Interaction['via'];
  sourceWord: string;
  subject: string;
  body: string;
  /** Whom the names after an @ mean. */
  mentions: Mentions;
  minutes: string;
  at: 'now' | 'unreadable' | Date;
  files: File[];
};

const lastChannel = 'suki.lastChannel';

export function newDraft(channel?: Channel, change: Partial<Draft> = {}): Draft {
  const remembered = localStorage.getItem(lastChannel);
  const chosen = channel ?? (remembered && remembered in channelLooks ? (remembered as Channel) : 'call');
  return {
    channel: chosen,
    direction: channelLooks[chosen].direction,
    reason: 'service',
    outcome: 'none',
    via: null,
    sourceWord: '',
    subject: '',
    body: '',
    mentions: {},
    minutes: '',
    at: 'now',
    files: [],
    ...change,
  };
}

const writtenOf = (stored: string | null) => {
  const { text, mentions } = unmarked(stored ?? '');
  return { body: text, mentions };
};

/** An interaction that is there, to be corrected. */
export const draftOf = (interaction: Interaction): Draft => ({
  ...newDraft(interaction.channel),
  direction: interaction.direction,
  reason: interaction.reason,
  outcome: interaction.outcome,
  via: interaction.via,
  sourceWord: interaction.sourceWord ?? '',
  subject: interaction.subject ?? '',
  ...writtenOf(interaction.body),
  minutes: interaction.durationSeconds ? String(Math.round(interaction.durationSeconds / 60)) : '',
});

const maxBytes = 25 * 1024 * 1024;
export const tooBig = (draft: Draft) => draft.files.find((file) => file.size > maxBytes);

/** Sends a file straight to the bucket by the form that the API signed. */
export async function upload(customerId: string, file: File) {
  const type = file.type || 'application/octet-stream';
  const form = await call('startAttachment', {
    params: { id: customerId },
    body: { name: file.name.slice(0, 200), bytes: file.size, type },
  });
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append('file', file);
  const response = await fetch(form.url, { method: 'POST', body }).catch(() => undefined);
  if (!response?.ok) throw new CrmProblem('gateway', response?.status ?? 0);
  return { id: form.id, name: file.name.slice(0, 200), bytes: file.size, type };
}

type Input = Partial<InteractionInput> & { channel: Channel };

export const fieldsOf = (draft: Draft): Input => ({
  channel: draft.channel,
  direction: draft.direction,
  reason: draft.reason,
  outcome: draft.outcome,
  via: draft.channel === 'chat' ? draft.via : null,
  sourceWord: draft.channel === 'other' ? draft.sourceWord.trim() || null : null,
  subject: draft.subject.trim() || null,
  body: marked(draft.body.trim(), draft.mentions) || null,
  durationSeconds: draft.minutes && ['call', 'visit'].includes(draft.channel) ? Math.round(Number(draft.minutes) * 60) : null,
});

/** Uploads the files and logs the interaction. A repeat with the same key after a lost answer logs nothing twice. */
export async function logDraft(customerId: string, draft: Draft, idempotencyKey: string): Promise<Interaction> {
  const attachments = await Promise.all(draft.files.map((file) => upload(customerId, file)));
  const logged = await call('logInteraction', {
    params: { id: customerId },
    body: {
      ...fieldsOf(draft),
      ...(draft.at instanceof Date && { occurredAt: draft.at.toISOString() }),
      ...(attachments.length && { attachments }),
    } as never,
    idempotencyKey,
  });
  localStorage.setItem(lastChannel, draft.channel);
  return logged;
}
