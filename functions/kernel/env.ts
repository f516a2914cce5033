import * as z from 'zod';

/** All that a function is configured by, the same names in every function. Secrets are fetched, never put here. */
const Environment = z.object({
  STAGE: z.string().min(1).max(32),
  TABLE_NAME: z.string().min(3),
  ROOT_SECRET_ID: z.string().min(1),
  ORIGIN_SECRET_ID: z.string().min(1),
  BUCKET_NAME: z.string().min(3),
  BUS_NAME: z.string().min(1),
  FILE_QUEUE_URL: z.string().min(1),
  JOB_QUEUE_URL: z.string().min(1),
  ISSUER: z.url(),
  CLIENT_ID: z.string().min(1),
  USER_POOL_ID: z.string().min(1),
  APP_ORIGIN: z.string().min(1),
  /** What every message is sent with, so that its events come back. */
  CONFIGURATION_SET: z.string().min(1),
  /** A workspace's own sender is `<tenant>@` this, and answers arrive there; empty where the stage has no domain. */
  MAIL_DOMAIN: z.string().max(255).default(''),
  /** The number, sender id or pool that text messages come from; empty where the stage sends none. */
  SMS_ORIGIN: z.string().max(256).default(''),
  SMS_CONFIGURATION_SET: z.string().max(256).default(''),
  /** Schedules of runs: their group, their target, the role by which they reach it, and the queue of what did not get there. */
  SCHEDULE_GROUP: z.string().min(1),
  BUS_ARN: z.string().min(1),
  RUN_ROLE_ARN: z.string().min(1),
  RUN_DEAD_ARN: z.string().min(1),
  /** Customers that imports of one workspace make a second at most; 0 is as fast as it goes. */
  IMPORT_RATE: z.coerce.number().nonnegative().default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Environment = z.output<typeof Environment>;
/** The names, for the stack that sets them and the local product. */
export const environmentNames = Object.keys(Environment.shape) as (keyof Environment)[];

let parsed: Environment | undefined;

/** The environment, checked once a container. Throws with every wrong name at the first use. */
export const env = (): Environment => {
  parsed ??= Environment.parse(process.env);
  return parsed;
};
