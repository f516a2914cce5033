import { AwsError, decoded } from './http.ts';
import { answerIdentities, type Identities } from './identities.ts';
import type { Sending } from './mail-quota.ts';
import type { Mailbox, SentMail } from './mailbox.ts';
import { decodeWords, readMime } from './mime.ts';

/** What SES is made of here. */
export interface Mail {
  readonly mailbox: Mailbox;
  readonly identities: Identities;
  readonly sending: Sending;
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
/** SES refuses a tag of any other characters. */
const tag = /^[A-Za-z0-9_-]{1,255}$/;
function tagsOf(pairs: Header[] = []): Record<string, string> {
  for (const { Name, Value } of pairs)
    if (!tag.test(Name) || !tag.test(Value))
      throw new AwsError('BadRequestException', `Invalid tag value <${Value}>, only alphanumeric ASCII characters, '_', '-' are allowed.`);
  return byName(pairs);
}
const address = /^[^\s@<>,;]+@[^\s@<>,;]+$/;
function checkReaders({ ToAddresses = [], CcAddresses = [], BccAddresses = [] }: Destination = {}): void {
  for (const one of [...ToAddresses, ...CcAddresses, ...BccAddresses])
    if (!address.test(/<([^<>]+)>\s*$/.exec(one)?.[1] ?? one)) throw new AwsError('BadRequestException', 'Illegal address');
}

function envelope(input: SendInput): Omit<SentMail, 'messageId' | 'at' | 'events' | 'subject' | 'text' | 'html' | 'headers'> {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination ?? {};
  return {
    from: decodeWords(input.FromEmailAddress ?? ''),
    to: ToAddresses,
    cc: CcAddresses,
    bcc: BccAddresses,
    replyTo: input.ReplyToAddresses ?? [],
    tags: tagsOf(input.EmailTags),
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

/** Throws as SES does for a sender it does not know. */
function checkSender({ identities }: Mail, from: string): void {
  if (identities.maySend(from)) return;
  throw new AwsError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region US-EAST-1: ${from}`,
  );
}

function sendOne(mail: Mail, input: SendInput): string {
  const { mailbox, sending } = mail;
  const { Simple, Raw, Template } = input.Content ?? {};
  checkReaders(input.Destination);
  const bytes = Raw?.Data ? Buffer.from(Raw.Data, 'base64') : undefined;
  const raw = bytes && readMime(bytes);
  checkSender(mail, input.FromEmailAddress ?? raw?.headers.from ?? '');
  const outside = envelope(input);
  const { allowed, why } = sending.admit(1);
  if (allowed === 0)
    throw new AwsError(
      why === 'day' ? 'LimitExceededException' : 'TooManyRequestsException',
      why === 'day' ? 'Daily message quota exceeded.' : 'Maximum sending rate exceeded.',
      why === 'day' ? 400 : 429,
    );
  if (raw) {
    const to = outside.to.length > 0 ? outside.to : (raw.headers.to ?? '').split(',').map((one) => one.trim());
    const answers = raw.headers['reply-to'];
    const replyTo = outside.replyTo.length > 0 || !answers ? outside.replyTo : [answers];
    return mailbox.keep({ ...outside, ...raw, to, replyTo, from: outside.from || (raw.headers.from ?? '') }, bytes);
  }
  if (Template) return mailbox.keep({ ...outside, ...ofTemplate(Template, undefined), headers: byName(Template.Headers) });
  if (!Simple?.Subject?.Data) throw new AwsError('BadRequestException', 'The content has no subject.');
  const { Text, Html } = Simple.Body ?? {};
  return mailbox.keep({
    ...outside,
    subject: Simple.Subject.Data,
    text: Text?.Data,
    html: Html?.Data,
    headers: byName(Simple.Headers),
  });
}

function sendBulk(mail: Mail, input: BulkInput) {
  const template = input.DefaultContent?.Template;
  const entries = input.BulkEmailEntries ?? [];
  if (entries.length < 1 || entries.length > 50) throw new AwsError('BadRequestException', 'A call has 1 to 50 entries.');
  checkSender(mail, input.FromEmailAddress ?? '');
  for (const { Destination: readers } of entries) checkReaders(readers);
  const outsides = entries.map(({ Destination: readers, ReplacementTags = [] }) =>
    envelope({ ...input, EmailTags: [...(input.DefaultEmailTags ?? []), ...ReplacementTags], Destination: readers }),
  );
  const { allowed, why } = mail.sending.admit(entries.length);
  return entries.map((entry, at) => {
    if (at >= allowed) return { Status: why === 'day' ? 'ACCOUNT_DAILY_QUOTA_EXCEEDED' : 'ACCOUNT_THROTTLED', Error: 'Too many messages.' };
    try {
      const data = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
      const headers = { ...byName(template?.Headers), ...byName(entry.ReplacementHeaders) };
      const outside = outsides[at] as ReturnType<typeof envelope>;
      return { Status: 'SUCCESS', MessageId: mail.mailbox.keep({ ...outside, ...ofTemplate(template, data), headers }) };
    } catch (error) {
      return { Status: 'INVALID_PARAMETER', Error: error instanceof Error ? error.message : String(error) };
    }
  });
}

function account({ sending }: Mail) {
  const { perSecond, perDay, open } = sending.quota();
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: open,
    SendQuota: { Max24HourSend: perDay, MaxSendRate: perSecond, SentLast24Hours: sending.sentToday() },
  };
}

/** Answers SESv2's REST protocol. Nothing leaves the machine. */
export function answerMail(mail: Mail, call: { method: string; path: string; input: Record<string, unknown> }): object {
  const path = call.path.slice('/v2/email'.length);
  const what = `${call.method} ${path}`;
  if (what === 'POST /outbound-emails') return { MessageId: sendOne(mail, call.input as SendInput) };
  if (what === 'POST /outbound-bulk-emails') return { BulkEmailEntryResults: sendBulk(mail, call.input as BulkInput) };
  if (what === 'GET /account') return account(mail);
  const [, collection, name] = path.split('/');
  if (collection === 'identities')
    return answerIdentities(mail.identities, { method: call.method, name: name && decoded(name), input: call.input });
  throw new AwsError('NotFoundException', `The loopback has no ${what} for mail.`, 404);
}
