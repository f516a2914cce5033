import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { env } from '../kernel/env.ts';
import { written } from './address.ts';
import { delayed, ses, tagsOf, unverified } from './email.ts';
import { type MimeMail, mimeOf } from './mime.ts';
import { Ambiguous, type Outcome, outcomeOfError, type SendTags } from './outcome.ts';

/** Sends one message as raw MIME: what a member writes to one customer. One without tags is no row's, and nothing is told of it. Throws `Ambiguous` where it is unknown whether SES took it. */
export async function sendRaw({ tags, ...mail }: MimeMail & { tags?: SendTags }): Promise<Outcome> {
  const Data = await mimeOf(mail);
  try {
    const { MessageId } = await ses().send(
      new SendEmailCommand({
        FromEmailAddress: written(mail.from),
        Destination: { ToAddresses: [mail.to] },
        ConfigurationSetName: env().CONFIGURATION_SET,
        ...(tags && { EmailTags: tagsOf(tags) }),
        Content: { Raw: { Data } },
      }),
    );
    if (!MessageId) throw new Ambiguous('SES gave no message id');
    return { accepted: MessageId };
  } catch (error) {
    if (error instanceof Ambiguous) throw error;
    return outcomeOfError(error, (failure) => delayed(failure.name) ?? unverified(failure, mail.to));
  }
}
