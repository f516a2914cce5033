import * as z from 'zod';

const verdicts = ['pass', 'fail', 'gray', 'none', 'processing_failed'] as const;
/** What SES says of one check: `gray` is undecided, `none` is that the sender's domain has no such record. */
export type Verdict = (typeof verdicts)[number];

/** A mail that arrived at the stage's domain. The mail itself, whole, is the object. */
export type ArrivedMail = {
  /** SES's own id; the same for the same mail, however often it is told. */
  messageId: string;
  /** When SES took it, RFC 3339 in UTC. */
  at: string;
  /** The envelope: whom it claims to come from, and the addresses of ours that it was sent to. Both in their own spelling. */
  from: string;
  recipients: string[];
  bucket: string;
  key: string;
  verdicts: { spf: Verdict; dkim: Verdict; dmarc: Verdict; spam: Verdict; virus: Verdict };
};

const Judged = z
  .object({ status: z.string() })
  .optional()
  .transform((judged): Verdict => verdicts.find((verdict) => verdict === judged?.status.toLowerCase()) ?? 'none');

/** SES's notification of a receipt rule that wrote the mail into a bucket, as far as it is read here. */
const Received = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({ timestamp: z.iso.datetime(), source: z.string().max(1_000), messageId: z.string().min(1).max(256) }),
  receipt: z.object({
    recipients: z.array(z.string().max(1_000)).max(1_000),
    spfVerdict: Judged,
    dkimVerdict: Judged,
    dmarcVerdict: Judged,
    spamVerdict: Judged,
    virusVerdict: Judged,
    action: z.object({ type: z.literal('S3'), bucketName: z.string().min(1), objectKey: z.string().min(1) }),
  }),
});

/** What the notification of an arrived mail says; undefined for anything else, such as SES's trial of the rule when it is made. */
export function arrivedMailOf(message: string): ArrivedMail | undefined {
  let told: unknown;
  try {
    told = JSON.parse(message);
  } catch {
    return undefined;
  }
  const received = Received.safeParse(told);
  if (!received.success) return undefined;
  const { mail, receipt } = received.data;
  return {
    messageId: mail.messageId,
    at: mail.timestamp,
    from: mail.source,
    recipients: receipt.recipients,
    bucket: receipt.action.bucketName,
    key: receipt.action.objectKey,
    verdicts: {
      spf: receipt.spfVerdict,
      dkim: receipt.dkimVerdict,
      dmarc: receipt.dmarcVerdict,
      spam: receipt.spamVerdict,
      virus: receipt.virusVerdict,
    },
  };
}
