import {
  type BulkEmailEntry,
  type BulkEmailEntryResult,
  GetAccountCommand,
  type MessageTag,
  SESv2Client,
  SendBulkEmailCommand,
} from '@aws-sdk/client-sesv2';
import { machineNow } from '../kernel/clock.ts';
import { env } from '../kernel/env.ts';
import { type Address, written } from './address.ts';
import { Ambiguous, carefulClient, type Delay, type Outcome, outcomeOfError, type SendTags } from './outcome.ts';

/** One message of many: its whole content, already made for its reader. */
export type EmailEntry = { to: string; subject: string; html: string; text: string; headers: Record<string, string>; tags: SendTags };
export type EmailBatch = {
  from: Address;
  replyTo?: string;
  entries: readonly EmailEntry[];
  /** Whether another call may be begun; asked before each one after the first. */
  hasTime?: () => boolean;
};

const malformed = 'BadRequestException';
/** What SES takes in one call. */
export const mostEmails = 50;

let client: SESv2Client | undefined;
export const ses = (): SESv2Client => {
  client ??= new SESv2Client(carefulClient);
  return client;
};

/** SES fills these from each entry's own data and escapes nothing: the content comes ready. */
const template = { Subject: '{{subject}}', Html: '{{html}}', Text: '{{text}}' };

export const tagsOf = (tags: SendTags): MessageTag[] => Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));

const entryOf = ({ to, subject, html, text, headers, tags }: EmailEntry): BulkEmailEntry => ({
  Destination: { ToAddresses: [to] },
  ReplacementTags: tagsOf(tags),
  ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify({ subject, html, text }) } },
  ReplacementHeaders: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
});

/** Statuses of an entry, and names of errors of a whole call, that say "not now". All others say "never". */
const delays: Record<string, Delay> = {
  TRANSIENT_FAILURE: 'transient',
  ACCOUNT_THROTTLED: 'rate',
  TooManyRequestsException: 'rate',
  ThrottlingException: 'rate',
  Throttling: 'rate',
  ACCOUNT_DAILY_QUOTA_EXCEEDED: 'quota',
  LimitExceededException: 'quota',
  ACCOUNT_SUSPENDED: 'paused',
  ACCOUNT_SENDING_PAUSED: 'paused',
  CONFIGURATION_SET_SENDING_PAUSED: 'paused',
  AccountSuspendedException: 'paused',
  SendingPausedException: 'paused',
  MAIL_FROM_DOMAIN_NOT_VERIFIED: 'setup',
  CONFIGURATION_SET_NOT_FOUND: 'setup',
  TEMPLATE_NOT_FOUND: 'setup',
  INVALID_SENDING_POOL_NAME: 'setup',
  MailFromDomainNotVerifiedException: 'setup',
  NotFoundException: 'setup',
  AccessDeniedException: 'setup',
};
/** The sender is not verified, or so is the reader while the account is in the sandbox: the message names whom SES does not know. */
export const unverified = ({ name, message }: Error, to?: string): Outcome | undefined =>
  name === 'MessageRejected' && /not verified/i.test(message) && !(to && message.toLowerCase().includes(to.toLowerCase()))
    ? { throttled: true, why: 'setup' }
    : undefined;
export const delayed = (name: string): Outcome | undefined => {
  const why = Object.hasOwn(delays, name) ? delays[name] : undefined;
  return why && { throttled: true, why };
};

function outcomeOfEntry(result: BulkEmailEntryResult | undefined): Outcome {
  if (result?.Status === 'SUCCESS' && result.MessageId) return { accepted: result.MessageId };
  if (!result?.Status || result.Status === 'SUCCESS') throw new Ambiguous('SES left an entry unanswered');
  return delayed(result.Status) ?? { refused: result.Status };
}

/**
 * Sends up to 50 messages in one call and gives an outcome for each, in their order. A call that SES refuses as malformed took nothing, so
 * its halves are sent apart: one broken entry is refused alone. Throws `Ambiguous` where it is unknown which of them SES took.
 */
export async function sendEmails(batch: EmailBatch): Promise<Outcome[]> {
  const { from, replyTo, entries, hasTime = () => true } = batch;
  if (entries.length === 0) return [];
  if (entries.length > mostEmails) throw new RangeError(`at most ${mostEmails} messages a call`);
  try {
    const { BulkEmailEntryResults: results = [] } = await ses().send(
      new SendBulkEmailCommand({
        FromEmailAddress: written(from),
        ...(replyTo && { ReplyToAddresses: [replyTo] }),
        ConfigurationSetName: env().CONFIGURATION_SET,
        DefaultContent: { Template: { TemplateContent: template, TemplateData: '{}' } },
        BulkEmailEntries: entries.map(entryOf),
      }),
    );
    return entries.map((_, at) => outcomeOfEntry(results[at]));
  } catch (error) {
    if (error instanceof Ambiguous) throw error;
    const outcome = outcomeOfError(error, (failure) => delayed(failure.name) ?? unverified(failure));
    if (!('refused' in outcome && outcome.refused === malformed) || entries.length === 1) return entries.map(() => outcome);
    const middle = Math.ceil(entries.length / 2);
    const later = (part: readonly EmailEntry[]) =>
      hasTime() ? sendEmails({ ...batch, entries: part }) : part.map((): Outcome => ({ throttled: true, why: 'transient' }));
    return [...(await later(entries.slice(0, middle))), ...(await later(entries.slice(middle)))];
  }
}

/** What the account may send: a second, and in what is left of the day; `open` is false where SES has stopped it. */
export type Quota = { perSecond: number; left24h: number; open: boolean };

const quotaFor = 60_000;
let held: { quota: Quota; until: number } | undefined;

/** The account's quota, as of at most a minute ago. `left24h` is Infinity where there is no limit. */
export async function quota(): Promise<Quota> {
  if (held && held.until > machineNow()) return held.quota;
  const { SendQuota, SendingEnabled, EnforcementStatus } = await ses().send(new GetAccountCommand({}));
  const { MaxSendRate = 1, Max24HourSend = 200, SentLast24Hours = 0 } = SendQuota ?? {};
  const left24h = Max24HourSend < 0 ? Number.POSITIVE_INFINITY : Math.max(0, Max24HourSend - SentLast24Hours);
  const open = SendingEnabled !== false && EnforcementStatus !== 'SHUTDOWN';
  held = { quota: { perSecond: MaxSendRate, left24h, open }, until: machineNow() + quotaFor };
  return held.quota;
}
