import { DescribeAccountAttributesCommand, PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { Settings } from '../lib/stages.ts';
import { callAws, elements, type Identity } from './aws-call.ts';
import type { Finding } from './doctor.ts';

/** What the doctor asks of the services by which a stage sends. */
export type Asked = {
  account: () => Promise<{ inSandbox: boolean; perDay: number; perSecond: number; sends: boolean }>;
  /** Undefined for a domain that SES does not know. */
  identity: (domain: string) => Promise<{ verified: boolean; signs: boolean; tokens: string[] } | undefined>;
  /** The name of the account's active set of receipt rules. */
  activeRules: () => Promise<string | undefined>;
  smsTier: () => Promise<string | undefined>;
};

const finding = (verdict: Finding['verdict'], about: string, says: string): Finding => ({ verdict, about, says });

/** Asks with the operator's credentials. */
export function asking(who: Identity): Asked {
  const ses = new SESv2Client({ region: who.region });
  return {
    async account() {
      const { ProductionAccessEnabled, SendQuota, SendingEnabled } = await ses.send(new GetAccountCommand({}));
      return {
        inSandbox: ProductionAccessEnabled !== true,
        perDay: SendQuota?.Max24HourSend ?? 0,
        perSecond: SendQuota?.MaxSendRate ?? 0,
        sends: SendingEnabled !== false,
      };
    },
    async identity(domain) {
      try {
        const found = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
        const { Tokens = [], Status } = found.DkimAttributes ?? {};
        return { verified: found.VerifiedForSendingStatus === true, signs: Status === 'SUCCESS', tokens: Tokens };
      } catch (error) {
        if ((error as Error).name === 'NotFoundException') return undefined;
        throw error;
      }
    },
    async activeRules() {
      const query = { Action: 'DescribeActiveReceiptRuleSet', Version: '2010-12-01' };
      return elements(await callAws(who, { service: 'ses', host: `email.${who.region}.amazonaws.com`, query }), 'Name')[0];
    },
    async smsTier() {
      const client = new PinpointSMSVoiceV2Client({ region: who.region });
      const { AccountAttributes = [] } = await client.send(new DescribeAccountAttributesCommand({}));
      return AccountAttributes.find(({ Name }) => Name === 'ACCOUNT_TIER')?.Value;
    },
  };
}

async function account({ account: ask }: Asked): Promise<Finding[]> {
  const { inSandbox, perDay, perSecond, sends } = await ask();
  return [
    inSandbox
      ? finding('todo', 'SES sandbox', 'still in it: only verified addresses get mail. Ask for production access in the SES console')
      : finding('ok', 'SES sandbox', `out of it, ${perDay} mails a day, ${perSecond} a second`),
    ...(sends ? [] : [finding('todo', 'SES sending', 'is stopped for the account: look at its reputation in the SES console')]),
  ];
}

async function domain({ identity }: Asked, mailDomain: string): Promise<Finding[]> {
  const found = await identity(mailDomain);
  if (!found)
    return [
      finding('note', 'mail domain', `${mailDomain} is made by the first deployment; its DNS records are outputs of the data stack then`),
    ];
  if (found.verified && found.signs) return [finding('ok', 'mail domain', `${mailDomain} is verified, and DKIM signs`)];
  const records = found.tokens.map((token) => `${token}._domainkey.${mailDomain} CNAME ${token}.dkim.amazonses.com`).join('; ');
  return [finding('todo', 'mail domain', `${mailDomain} waits for its DNS records: ${records}`)];
}

async function inbound({ activeRules }: Asked, rules: string): Promise<Finding[]> {
  const active = await activeRules();
  if (active === rules) return [finding('ok', 'mail in', `the set of receipt rules ${rules} is active`)];
  return [
    finding(
      'todo',
      'mail in',
      `${active ? `the active set of receipt rules is ${active}` : 'no set of receipt rules is active'}: aws ses create-receipt-rule-set --rule-set-name ${rules}, then aws ses set-active-receipt-rule-set --rule-set-name ${rules}`,
    ),
  ];
}

async function sms({ smsTier }: Asked): Promise<Finding[]> {
  const tier = await smsTier();
  if (tier === 'PRODUCTION') return [finding('ok', 'SMS sandbox', 'out of it')];
  return [
    finding('todo', 'SMS sandbox', 'still in it: only verified numbers get text messages. Ask for production access in End User Messaging'),
  ];
}

/** Whether a stage can send and receive what its settings promise. The sandbox is said once, where invitations are checked too. */
export async function sendingFindings(asked: Asked, { mailDomain, mailFrom, receiptRules, smsOrigin }: Settings): Promise<Finding[]> {
  const found = await Promise.all([
    mailDomain
      ? domain(asked, mailDomain)
      : [finding('note', 'mail domain', 'none: workspaces send only from domains and addresses that they prove themselves')],
    mailDomain && !mailFrom ? account(asked) : [],
    receiptRules && mailDomain ? inbound(asked, receiptRules) : [],
    receiptRules && !mailDomain ? [finding('todo', 'mail in', 'receiptRules needs a domain: give -c mailDomain=mail.your.domain')] : [],
    smsOrigin ? sms(asked) : [],
  ]);
  return found.flat();
}
