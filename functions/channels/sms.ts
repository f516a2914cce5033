import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { env } from '../kernel/env.ts';
import { Ambiguous, carefulClient, type Delay, type Outcome, outcomeOfError, type SendTags } from './outcome.ts';

/** One text message. `to` is a number in E.164; a message of a campaign is `promotional`, which some countries send apart. */
export type SmsMessage = { to: string; text: string; kind?: 'promotional' | 'transactional'; tags: SendTags };

/** Text messages a second that toll-free numbers and sender ids take; a slower origin refuses for now, and they wait. SES says itself. */
export const smsPerSecond = 3;

let client: PinpointSMSVoiceV2Client | undefined;

const delays: Record<string, Delay> = {
  ThrottlingException: 'rate',
  ServiceQuotaExceededException: 'quota',
  AccessDeniedException: 'paused',
  ResourceNotFoundException: 'setup',
};
/** Of a conflict only this one is the reader's own; the others say that the number or the account is not ready. */
const optedOut = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';

function known({ name, Reason }: { name: string; Reason?: string }): Outcome | undefined {
  if (name === 'ConflictException') return Reason === optedOut ? { refused: 'opted_out' } : { throttled: true, why: 'setup' };
  // In the sandbox an unverified number is refused by itself; a stopped account refuses all.
  if (name === 'AccessDeniedException' && Reason !== 'ACCOUNT_DISABLED') return { refused: Reason ?? name };
  const why = Object.hasOwn(delays, name) ? delays[name] : undefined;
  return why && { throttled: true, why };
}

/** Whether the stage can send text messages at all: it has a number, a sender id or a pool of them. */
export const hasSms = (): boolean => env().SMS_ORIGIN !== '';

/** Sends one text message. Throws `Ambiguous` where it is unknown whether it was taken. */
export async function sendSms({ to, text, kind = 'promotional', tags }: SmsMessage): Promise<Outcome> {
  if (!hasSms()) return { throttled: true, why: 'setup' };
  client ??= new PinpointSMSVoiceV2Client(carefulClient);
  try {
    const { MessageId } = await client.send(
      new SendTextMessageCommand({
        DestinationPhoneNumber: to,
        OriginationIdentity: env().SMS_ORIGIN,
        MessageBody: text,
        MessageType: kind === 'promotional' ? 'PROMOTIONAL' : 'TRANSACTIONAL',
        ...(env().SMS_CONFIGURATION_SET && { ConfigurationSetName: env().SMS_CONFIGURATION_SET }),
        Context: tags,
      }),
    );
    if (!MessageId) throw new Ambiguous('the service gave no message id');
    return { accepted: MessageId };
  } catch (error) {
    if (error instanceof Ambiguous) throw error;
    return outcomeOfError(error, (failure) => known(failure));
  }
}
