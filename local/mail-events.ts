import { randomUUID } from 'node:crypto';
import type { SentMail } from './mailbox.ts';
import { region } from './settings.ts';

export const reportTypes = [
  'send',
  'delivery',
  'bounce',
  'complaint',
  'open',
  'click',
  'reject',
  'renderingFailure',
  'deliveryDelay',
] as const;

/** What a mail provider reports of a mail. */
export type Report = { type: (typeof reportTypes)[number]; bounce?: 'hard' | 'soft'; link?: string };

const names: Record<Report['type'], string> = {
  send: 'Send',
  delivery: 'Delivery',
  bounce: 'Bounce',
  complaint: 'Complaint',
  open: 'Open',
  click: 'Click',
  reject: 'Reject',
  renderingFailure: 'Rendering Failure',
  deliveryDelay: 'DeliveryDelay',
};

const reader = { ipAddress: '127.0.0.1', userAgent: 'Suki desk' };

function details({ to }: SentMail, { type, bounce = 'hard', link = '' }: Report, timestamp: string): object {
  const recipients = to.map((emailAddress) => ({ emailAddress }));
  const feedbackId = randomUUID();
  switch (type) {
    case 'bounce':
      return bounce === 'hard'
        ? { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: recipients, timestamp, feedbackId }
        : { bounceType: 'Transient', bounceSubType: 'MailboxFull', bouncedRecipients: recipients, timestamp, feedbackId };
    case 'complaint':
      return { complainedRecipients: recipients, timestamp, feedbackId, complaintFeedbackType: 'abuse', ...reader };
    case 'delivery':
      return { timestamp, processingTimeMillis: 500, recipients: to, smtpResponse: '250 2.6.0 Message received' };
    case 'open':
      return { timestamp, ...reader };
    case 'click':
      return { timestamp, link, linkTags: null, ...reader };
    case 'reject':
      return { reason: 'Bad content' };
    case 'renderingFailure':
      return { errorMessage: 'Attribute is not present in the rendering data.', templateName: 'inline' };
    case 'deliveryDelay':
      return { timestamp, delayType: 'MailboxFull', expirationTime: timestamp, delayedRecipients: recipients };
    default:
      return {};
  }
}

/** Where the event keeps its details: under the name of its type, but for a failure. */
const fieldOf = (type: Report['type']) => (type === 'renderingFailure' ? 'failure' : type);

/** An event of a configuration set, as SES tells it to a topic. */
export function sesEvent(mail: SentMail, report: Report, at: string): object {
  const { messageId, from, to, subject, headers, tags, configurationSet } = mail;
  return {
    eventType: names[report.type],
    mail: {
      timestamp: mail.at,
      source: from,
      sourceArn: `arn:aws:ses:${region}:000000000000:identity/local`,
      sendingAccountId: '000000000000',
      messageId,
      destination: to,
      headersTruncated: false,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      commonHeaders: { from: [from], to, messageId, subject },
      tags: {
        'ses:configuration-set': [configurationSet],
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      },
    },
    [fieldOf(report.type)]: details(mail, report, at),
  };
}
