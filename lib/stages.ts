import type { Node } from 'constructs';
import * as z from 'zod';

/** What a kind of stage is set to. Permanent stages keep their data, deploy by canary and reserve concurrency. */
type Profile = {
  permanent: boolean;
  logDays: 7 | 30 | 90 | 365;
  /** Requests a second and burst over the whole API, and for each route that needs no credentials. */
  throttle: { rate: number; burst: number };
  publicThrottle: { rate: number; burst: number };
  /** Reserved concurrency a function; a fresh account often has 10 in all, so personal stages reserve nothing. */
  reserved?: { http: number; worker: number };
  mfa: 'required' | 'optional';
};

const permanent = { permanent: true, publicThrottle: { rate: 20, burst: 40 } } as const;
const profiles: Record<string, Profile> = {
  dev: { ...permanent, logDays: 30, throttle: { rate: 100, burst: 200 }, reserved: { http: 5, worker: 5 }, mfa: 'optional' },
  staging: { ...permanent, logDays: 30, throttle: { rate: 200, burst: 400 }, reserved: { http: 10, worker: 5 }, mfa: 'required' },
  prod: { ...permanent, logDays: 365, throttle: { rate: 1_000, burst: 2_000 }, reserved: { http: 50, worker: 20 }, mfa: 'required' },
};
const personal: Profile = {
  permanent: false,
  logDays: 7,
  throttle: { rate: 50, burst: 100 },
  publicThrottle: { rate: 5, burst: 10 },
  mfa: 'optional',
};

const hostname = z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a host name such as crm.example.com');

/** What `-c name=value` may say. All but `stage` can be left out. */
const Context = z.strictObject({
  stage: z.string().regex(/^[a-z][a-z0-9]{1,14}$/, 'a small letter, then letters and digits, 2 to 15 in all'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
    .optional(),
  /** The client's own host name, on permanent stages; its certificate is validated by DNS. */
  domain: hostname.optional(),
  /** Cognito sends invitations from here; the address's domain is a verified SES identity. */
  mailFrom: z.email().optional(),
  /** Workspaces send from `<workspace>@` this, and answers arrive there; `mail.` and the client's host name where there is one. */
  mailDomain: hostname.optional(),
  /** The account's set of receipt rules, where mail to `mailDomain` is to be taken in. */
  receiptRules: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  /** The number, sender id or pool of AWS End User Messaging that text messages come from: its id or ARN. */
  smsOrigin: z
    .string()
    .regex(/^[A-Za-z0-9_:/+-]{1,256}$/)
    .optional(),
  alarmEmail: z.email().optional(),
  /** An existing table to adopt, as after a restore. The stage's own one stays where it is. */
  table: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/)
    .optional(),
  /** Any word; a new one replaces every container, so that all read the secrets again. */
  recycle: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,32}$/)
    .optional(),
  /** The version of the origin secret that CloudFront is to send. */
  originVersion: z
    .string()
    .regex(/^[A-Za-z0-9-]{32,64}$/)
    .optional(),
});
export type Settings = z.output<typeof Context> & Profile;
export const contextNames = Object.keys(Context.shape) as (keyof z.output<typeof Context>)[];

/** The settings of a stage from what was given by `-c`. Throws with every wrong name. */
export function settingsOf(given: Record<string, unknown>): Settings {
  const context = Context.parse(given);
  const profile = profiles[context.stage] ?? personal;
  if (!profile.permanent && context.domain) throw new Error('a personal stage has no domain of its own: leave -c domain out');
  const mailDomain = context.mailDomain ?? (context.domain && `mail.${context.domain}`);
  return { ...context, ...profile, ...(mailDomain && { mailDomain }) };
}

/** What `cdk.json` says of a stage for good, under `context.stages.<stage>`; `-c` overrules it. */
type Standing = Record<string, Record<string, string>> | undefined;
export const withStanding = (given: Record<string, unknown>, standing: Standing): Record<string, unknown> => ({
  ...standing?.[String(given.stage)],
  ...given,
});

/** Reads the settings from the app's context; the stage is `dev` where none is named. */
export function settingsFrom(node: Node): Settings {
  const given = contextNames.map((name) => [name, node.tryGetContext(name) ?? (name === 'stage' ? 'dev' : undefined)] as const);
  return settingsOf(withStanding(Object.fromEntries(given.filter(([, value]) => value !== undefined)), node.tryGetContext('stages')));
}

export const permanentStages = Object.keys(profiles);
