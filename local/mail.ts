import { randomUUID } from 'node:crypto';
import { movableNow } from './clock.ts';
import { AwsError } from './http.ts';
import { readMime } from './mime.ts';
import type { Store } from './store.ts';

/** A mail as it was handed to SES. `at` is the product's time; `events` are what the provider reported about it later. */
export interface SentMail {
  messageId: string;
  at: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  text?: string;
  html?: string;
  headers: Record<string, string>;
  tags: Record<string, string>;
  configurationSet?: string;
  events: { type: string; at: string }[];
}

export interface Mailbox {
  keep(mail: Omit<SentMail, 'messageId' | 'at' | 'events'>): string;
  /** Newest first. */
  list(atMost: number): SentMail[];
  find(messageId: string): SentMail | undefined;
  /** Notes a delivery, bounce, complaint or open. Throws AwsError NotFoundException for a mail that was never sent. */
  addEvent(messageId: string, type: string): SentMail;
}

export function createMailbox(store: Store): Mailbox {
  const insert = store.prepare('INSERT INTO mail (id, at, message) VALUES (?, ?, ?)');
  const read = store.prepare('SELECT message FROM mail WHERE id = ?');
  const parse = (row: Record<string, unknown>) => JSON.parse(String(row.message)) as SentMail;
  const find = (id: string) => {
    const row = read.get(id);
    return row && parse(row);
  };
  return {
    find,
    keep(mail) {
      const at = movableNow();
      const sent: SentMail = { messageId: `local-${randomUUID()}`, at: new Date(at).toISOString(), ...mail, events: [] };
      insert.run(sent.messageId, at, JSON.stringify(sent));
      return sent.messageId;
    },
    list: (atMost) => store.prepare('SELECT message FROM mail ORDER BY n DESC LIMIT ?').all(atMost).map(parse),
    addEvent(messageId, type) {
      const mail = find(messageId);
      if (!mail) throw new AwsError('NotFoundException', 'No such message was sent.', 404);
      mail.events.push({ type, at: new Date(movableNow()).toISOString() });
      store.prepare('UPDATE mail SET message = ? WHERE id = ?').run(JSON.stringify(mail), messageId);
      return mail;
    },
  };
}

interface Content {
  Data?: string;
}
interface Header {
  Name: string;
  Value: string;
}
interface Message {
  Subject?: Content;
  Body?: { Text?: Content; Html?: Content };
  Headers?: Header[];
}
interface TemplateUse {
  TemplateName?: string;
  TemplateContent?: { Subject?: string; Text?: string; Html?: string };
  TemplateData?: string;
  Headers?: Header[];
}
interface Destination {
  ToAddresses?: string[];
  CcAddresses?: string[];
  BccAddresses?: string[];
}
interface SendInput {
  FromEmailAddress?: string;
  Destination?: Destination;
  ReplyToAddresses?: string[];
  EmailTags?: Header[];
  ConfigurationSetName?: string;
  Content?: { Simple?: Message; Raw?: Content; Template?: TemplateUse };
}
interface BulkInput extends Omit<SendInput, 'Content'> {
  DefaultContent?: { Template?: TemplateUse };
  DefaultEmailTags?: Header[];
  BulkEmailEntries?: {
    Destination?: Destination;
    ReplacementTags?: Header[];
    ReplacementEmailContent?: { ReplacementTemplate?: { ReplacementTemplateData?: string } };
    ReplacementHeaders?: Header[];
  }[];
}

const byName = (pairs: Header[] = []) => Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));

function envelope(input: SendInput): Omit<SentMail, 'messageId' | 'at' | 'events' | 'subject' | 'text' | 'html' | 'headers'> {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination ?? {};
  return {
    from: input.FromEmailAddress ?? '',
    to: ToAddresses,
    cc: CcAddresses,
    bcc: BccAddresses,
    replyTo: input.ReplyToAddresses ?? [],
    tags: byName(input.EmailTags),
    ...(input.ConfigurationSetName && { configurationSet: input.ConfigurationSetName }),
  };
}

/** Fills `{{name}}` from the data, as SES's templates do; an absent value is a refusal there too. */
function filled(template: string | undefined, data: Record<string, unknown>): string | undefined {
  return template?.replace(/\{\{\{?\s*([\w.-]+)\s*\}?\}\}/g, (_, name: string) => {
    if (!Object.hasOwn(data, name)) throw new AwsError('BadRequestException', `Attribute '${name}' is not present in the rendering data.`);
    return String(data[name]);
  });
}

function ofTemplate(use: TemplateUse | undefined, dataText: string | undefined) {
  const content = use?.TemplateContent;
  if (!content) throw new AwsError('BadRequestException', 'The loopback sends inline templates only.');
  const data = { ...JSON.parse(use?.TemplateData ?? '{}'), ...JSON.parse(dataText ?? '{}') };
  return { subject: filled(content.Subject, data) ?? '', text: filled(content.Text, data), html: filled(content.Html, data) };
}

function sendOne(mailbox: Mailbox, input: SendInput): string {
  const { Simple, Raw, Template } = input.Content ?? {};
  if (Raw?.Data) {
    const mail = readMime(Buffer.from(Raw.Data, 'base64'));
    const outside = envelope(input);
    const to = outside.to.length > 0 ? outside.to : (mail.headers.to ?? '').split(',').map((address) => address.trim());
    return mailbox.keep({ ...outside, ...mail, to, from: outside.from || (mail.headers.from ?? '') });
  }
  if (Template) return mailbox.keep({ ...envelope(input), ...ofTemplate(Template, undefined), headers: byName(Template.Headers) });
  if (!Simple?.Subject?.Data) throw new AwsError('BadRequestException', 'The content has no subject.');
  const { Text, Html } = Simple.Body ?? {};
  return mailbox.keep({
    ...envelope(input),
    subject: Simple.Subject.Data,
    text: Text?.Data,
    html: Html?.Data,
    headers: byName(Simple.Headers),
  });
}

function sendBulk(mailbox: Mailbox, input: BulkInput) {
  const template = input.DefaultContent?.Template;
  return (input.BulkEmailEntries ?? []).map((entry) => {
    try {
      const data = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
      const EmailTags = [...(input.DefaultEmailTags ?? []), ...(entry.ReplacementTags ?? [])];
      const headers = { ...byName(template?.Headers), ...byName(entry.ReplacementHeaders) };
      const outside = envelope({ ...input, EmailTags, Destination: entry.Destination });
      return { Status: 'SUCCESS', MessageId: mailbox.keep({ ...outside, ...ofTemplate(template, data), headers }) };
    } catch (error) {
      return { Status: 'INVALID_PARAMETER', Error: error instanceof Error ? error.message : String(error) };
    }
  });
}

const account = {
  DedicatedIpAutoWarmupEnabled: false,
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  SendQuota: { Max24HourSend: 1_000_000, MaxSendRate: 500, SentLast24Hours: 0 },
};

/** Answers SESv2's REST protocol. Nothing leaves the machine. */
export function answerMail(mailbox: Mailbox, call: { method: string; path: string; input: Record<string, unknown> }): object {
  const what = `${call.method} ${call.path.slice('/v2/email'.length)}`;
  if (what === 'POST /outbound-emails') return { MessageId: sendOne(mailbox, call.input as SendInput) };
  if (what === 'POST /outbound-bulk-emails') return { BulkEmailEntryResults: sendBulk(mailbox, call.input as BulkInput) };
  if (what === 'GET /account') return account;
  throw new AwsError('NotFoundException', `The loopback has no ${what} for mail.`, 404);
}
