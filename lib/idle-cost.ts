/** List prices in US dollars, us-east-1, November 2026; a month has 730 hours. Sources: the price pages of each service. */
const prices = { secret: 0.4, key: 1, alarm: 0.1, webAcl: 5, webAclRule: 1, sqsPerMillion: 0.4, ingestedMetric: 0.3 };
/** What every account has free each month, for ever. */
const free = { alarms: 10, sqsRequests: 1_000_000, metrics: 10 };
/** Five pollers of Lambda ask an idle queue every 20 s: 5 × 3 × 60 × 24 × 30. */
const pollsAQueue = 648_000;

/** One tick of the minute: what its call, its trace and its look at the 16 shards of what is due cost. */
const tick = { call: 0.2e-6 + 0.1 * 13.3334e-6, trace: 5e-6, reads: (16 * 0.5 * 0.125) / 1e6 };
const seconds: Record<string, number> = { minute: 60, hour: 3_600, day: 86_400 };
/** How often a schedule fires in a month; one that is no rate counts as if it were every minute. */
function ticksOf(expression: string): number {
  const [, count = '1', unit = 'minute'] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return Math.round((730 * 3_600) / (Number(count) * seconds[unit]!));
}
const allowanceOf = (withFreeTier: boolean, usd: number) => (withFreeTier ? 0 : usd);

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of every shape
type Property = any;
type Template = { Resources: Record<string, { Type: string; Properties?: Record<string, Property> }> };
export type CostLine = { what: string; count: number; usd: number; how: string };

/**
 * What a stage costs in a month in which nobody uses it, line by line, from its templates. `withFreeTier` counts what an account has
 * free once: right for the only stage of an account, too low for the second.
 */
export function idleMonth(templates: Template[], { withFreeTier }: { withFreeTier: boolean }): CostLine[] {
  const all = templates.flatMap(({ Resources }) => Object.values(Resources));
  const of = (type: string) => all.filter(({ Type }) => Type === type);
  const allowance = (amount: number) => (withFreeTier ? amount : 0);
  const secrets = of('AWS::SecretsManager::Secret').length;
  const alarms = of('AWS::CloudWatch::Alarm').length;
  const acls = of('AWS::WAFv2::WebACL');
  const rules = acls.reduce((sum, { Properties }) => sum + (Properties?.Rules?.length ?? 0), 0);
  const mappings = of('AWS::Lambda::EventSourceMapping');
  const polled = mappings.filter(({ Properties }) => !Properties?.StartingPosition).length;
  const polls = polled * pollsAQueue;
  const metrics = mappings.filter(({ Properties }) => Properties?.MetricsConfig).length * 4;
  const keys = of('AWS::KMS::Key').length;
  const ticks = of('AWS::Scheduler::Schedule').reduce((sum, { Properties }) => sum + ticksOf(String(Properties?.ScheduleExpression)), 0);
  const aTick = tick.reads + allowanceOf(withFreeTier, tick.call + tick.trace);
  const billed = (amount: number, allowed: number) => Math.max(0, amount - allowance(allowed));
  return [
    { what: 'secrets', count: secrets, usd: secrets * prices.secret, how: `$${prices.secret} each` },
    { what: 'keys of encryption', count: keys, usd: keys * prices.key, how: `$${prices.key} each` },
    {
      what: 'alarms',
      count: alarms,
      usd: billed(alarms, free.alarms) * prices.alarm,
      how: `$${prices.alarm} each${withFreeTier ? `, ${free.alarms} free` : ''}`,
    },
    { what: 'web ACL', count: acls.length, usd: acls.length * prices.webAcl, how: `$${prices.webAcl} each` },
    { what: 'web ACL rules', count: rules, usd: rules * prices.webAclRule, how: `$${prices.webAclRule} each` },
    {
      what: 'polls of idle queues',
      count: polls,
      usd: (billed(polls, free.sqsRequests) / 1e6) * prices.sqsPerMillion,
      how: `${polled} queues, $${prices.sqsPerMillion} a million${withFreeTier ? ', a million free' : ''}`,
    },
    {
      what: 'metrics of the stream',
      count: metrics,
      usd: billed(metrics, free.metrics) * prices.ingestedMetric,
      how: `$${prices.ingestedMetric} each while records flow${withFreeTier ? `, ${free.metrics} free` : ''}`,
    },
    {
      what: 'ticks of schedules',
      count: ticks,
      usd: ticks * aTick,
      how: `a call of 0.1 s at 1 GB and a trace${withFreeTier ? ' (free)' : ''}, 16 small reads`,
    },
    { what: 'table, buckets, functions, API, CloudFront, Cognito, bus', count: 0, usd: 0, how: 'by use only; stored bytes apart' },
  ];
}

export const total = (lines: CostLine[]): number => Math.round(lines.reduce((sum, { usd }) => sum + usd, 0) * 100) / 100;
