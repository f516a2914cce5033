import { adminRoutes } from '../functions/admin/admin.routes.ts';
import { campaignRoutes } from '../functions/campaigns/campaigns.routes.ts';
import { caseRoutes } from '../functions/cases/cases.routes.ts';
import { themeRoutes } from '../functions/cases/themes.routes.ts';
import { customerRoutes } from '../functions/customers/customers.routes.ts';
import { exportRoutes } from '../functions/exports/exports.routes.ts';
import { fallbackRoutes } from '../functions/fallback/fallback.routes.ts';
import { followUpRoutes } from '../functions/followups/follow-ups.routes.ts';
import { formRoutes } from '../functions/forms/forms.routes.ts';
import { publicFormRoutes } from '../functions/forms/public.routes.ts';
import { importRoutes } from '../functions/imports/imports.routes.ts';
import { interactionRoutes } from '../functions/interactions/interactions.routes.ts';
import { jobRoutes } from '../functions/jobs/jobs.routes.ts';
import type { Routes } from '../functions/kernel/route.ts';
import { mailRoutes } from '../functions/mail-in/mails.routes.ts';
import { messageRoutes } from '../functions/messages/messages.routes.ts';
import { notificationRoutes } from '../functions/notifications/notifications.routes.ts';
import { overviewRoutes } from '../functions/overview/overview.routes.ts';
import { preferenceRoutes } from '../functions/preferences/preferences.routes.ts';
import { reportRoutes } from '../functions/reports/reports.routes.ts';
import { responseRoutes } from '../functions/responses/responses.routes.ts';
import { ruleRoutes } from '../functions/rules/rules.routes.ts';
import { callRoutes } from '../functions/runs/calls.routes.ts';
import { runRoutes } from '../functions/runs/runs.routes.ts';
import { listRoutes } from '../functions/segments/lists.routes.ts';
import { segmentRoutes } from '../functions/segments/segments.routes.ts';
import { senderRoutes } from '../functions/senders/senders.routes.ts';
import { serviceLevelRoutes } from '../functions/service-levels/service-levels.routes.ts';
import { suppressionRoutes } from '../functions/suppressions/suppressions.routes.ts';
import { surveyRoutes } from '../functions/surveys/surveys.routes.ts';
import { teamRoutes } from '../functions/team/team.routes.ts';
import { todayRoutes } from '../functions/today/today.routes.ts';

/** What a function may do with the table: `read`, or read and write. `Scan` is never granted. */
export type TableAccess = 'read' | 'write' | 'none';
/** What else of the stage it may use. */
export type Right =
  | 'putObjects'
  | 'getObjects'
  | 'listObjects'
  | 'sendFiles'
  | 'sendJobs'
  | 'putEvents'
  | 'manageUsers'
  | 'rootSecret'
  | 'sendMail'
  | 'sendSms'
  | 'manageSchedules'
  | 'manageSenders';

export type Service = { entry: string; routes: Routes; table: TableAccess; rights?: Right[] };

/** `files` carries uploads to be read, `jobs` all work that outlives its request. */
export type QueueName = 'files' | 'jobs';
/** Which events of the stage's bus a function gets, in EventBridge's own words; all of the named parts must fit. */
export type EventPattern = {
  source: string[];
  'detail-type': (string | { prefix: string })[];
  detail?: { via: string[]; mentions: boolean[] };
};
/** `provider` tells what became of messages, `inbound` of mail that arrived; the function gets the event of SNS. */
export type TopicName = 'provider' | 'inbound';
export type Trigger =
  | { kind: 'stream' }
  | { kind: 'queue'; queue: QueueName }
  | { kind: 'schedule'; rate: string }
  | { kind: 'events'; pattern: EventPattern }
  | { kind: 'topic'; topic: TopicName }
  | { kind: 'preToken' }
  | { kind: 'invoke' };
export type Worker = { entry: string; trigger: Trigger; table: TableAccess; rights?: Right[]; timeoutSeconds?: number; memory?: number };

/** The HTTP services: one Lambda each. */
export const services: Record<string, Service> = {
  campaigns: {
    entry: 'functions/campaigns/campaigns.lambda.ts',
    routes: campaignRoutes,
    table: 'write',
    rights: ['sendMail', 'manageSchedules', 'putEvents'],
  },
  runs: { entry: 'functions/runs/runs.lambda.ts', routes: { ...runRoutes, ...callRoutes }, table: 'write', rights: ['putEvents'] },
  reports: { entry: 'functions/reports/reports.lambda.ts', routes: reportRoutes, table: 'write', rights: ['putEvents'] },
  customers: { entry: 'functions/customers/customers.lambda.ts', routes: customerRoutes, table: 'write' },
  interactions: {
    entry: 'functions/interactions/interactions.lambda.ts',
    routes: interactionRoutes,
    table: 'write',
    rights: ['putObjects', 'getObjects'],
  },
  fallback: { entry: 'functions/fallback/fallback.lambda.ts', routes: fallbackRoutes, table: 'read' },
  exports: {
    entry: 'functions/exports/exports.lambda.ts',
    routes: exportRoutes,
    table: 'write',
    rights: ['getObjects', 'sendJobs'],
  },
  imports: {
    entry: 'functions/imports/imports.lambda.ts',
    routes: importRoutes,
    table: 'write',
    rights: ['putObjects', 'getObjects', 'sendFiles', 'sendJobs'],
  },
  notifications: { entry: 'functions/notifications/notifications.lambda.ts', routes: notificationRoutes, table: 'write' },
  followUps: { entry: 'functions/followups/follow-ups.lambda.ts', routes: followUpRoutes, table: 'write' },
  cases: { entry: 'functions/cases/cases.lambda.ts', routes: { ...caseRoutes, ...themeRoutes }, table: 'write' },
  forms: { entry: 'functions/forms/forms.lambda.ts', routes: { ...formRoutes, ...publicFormRoutes }, table: 'write' },
  serviceLevels: { entry: 'functions/service-levels/service-levels.lambda.ts', routes: serviceLevelRoutes, table: 'write' },
  rules: { entry: 'functions/rules/rules.lambda.ts', routes: ruleRoutes, table: 'write' },
  team: { entry: 'functions/team/team.lambda.ts', routes: teamRoutes, table: 'read', rights: ['putEvents'] },
  today: { entry: 'functions/today/today.lambda.ts', routes: todayRoutes, table: 'write' },
  overview: { entry: 'functions/overview/overview.lambda.ts', routes: overviewRoutes, table: 'read' },
  mails: {
    entry: 'functions/mail-in/mails.lambda.ts',
    routes: mailRoutes,
    table: 'write',
    rights: ['putObjects', 'getObjects'],
  },
  messages: {
    entry: 'functions/messages/messages.lambda.ts',
    routes: messageRoutes,
    table: 'write',
    rights: ['putObjects'],
  },
  surveys: { entry: 'functions/surveys/surveys.lambda.ts', routes: surveyRoutes, table: 'write' },
  responses: { entry: 'functions/responses/responses.lambda.ts', routes: responseRoutes, table: 'write' },
  preferences: { entry: 'functions/preferences/preferences.lambda.ts', routes: preferenceRoutes, table: 'write' },
  suppressions: { entry: 'functions/suppressions/suppressions.lambda.ts', routes: suppressionRoutes, table: 'write' },
  segments: {
    entry: 'functions/segments/segments.lambda.ts',
    routes: { ...segmentRoutes, ...listRoutes },
    table: 'write',
    rights: ['sendJobs'],
  },
  admin: {
    entry: 'functions/admin/admin.lambda.ts',
    routes: { ...adminRoutes, ...jobRoutes },
    table: 'write',
    rights: ['sendJobs', 'manageUsers'],
  },
  senders: {
    entry: 'functions/senders/senders.lambda.ts',
    routes: senderRoutes,
    table: 'write',
    rights: ['manageSenders', 'sendMail'],
  },
};

/** Everything asynchronous: one Lambda a trigger. */
export const workers: Record<string, Worker> = {
  project: { entry: 'functions/workflows/project.lambda.ts', trigger: { kind: 'stream' }, table: 'write' },
  ops: { entry: 'functions/workflows/ops.lambda.ts', trigger: { kind: 'invoke' }, table: 'write', rights: ['manageUsers', 'rootSecret'] },
  importRead: {
    entry: 'functions/imports/import-read.lambda.ts',
    trigger: { kind: 'queue', queue: 'files' },
    table: 'write',
    rights: ['getObjects', 'putObjects'],
    timeoutSeconds: 120,
    // A workbook is unpacked and read as a whole.
    memory: 2_048,
  },
  publish: { entry: 'functions/workflows/publish.lambda.ts', trigger: { kind: 'stream' }, table: 'none', rights: ['putEvents'] },
  jobs: {
    entry: 'functions/jobs/jobs.lambda.ts',
    trigger: { kind: 'queue', queue: 'jobs' },
    table: 'write',
    rights: ['getObjects', 'putObjects', 'sendFiles', 'sendJobs', 'putEvents'],
    timeoutSeconds: 300,
  },
  exportWork: {
    entry: 'functions/exports/export-work.lambda.ts',
    trigger: { kind: 'events', pattern: { source: ['suki.work'], 'detail-type': ['work.job.export'] } },
    table: 'write',
    rights: ['putObjects', 'sendJobs'],
    timeoutSeconds: 300,
  },
  sweepJobs: {
    entry: 'functions/workflows/sweep.lambda.ts',
    trigger: { kind: 'schedule', rate: 'rate(1 minute)' },
    table: 'read',
    rights: ['sendJobs', 'putEvents'],
  },
  followUpsDue: {
    entry: 'functions/followups/on-due.lambda.ts',
    trigger: { kind: 'events', pattern: { source: ['suki.work'], 'detail-type': ['due.followUp'] } },
    table: 'write',
  },
  caseWork: {
    entry: 'functions/cases/case-work.lambda.ts',
    trigger: { kind: 'events', pattern: { source: ['suki.work'], 'detail-type': ['due.case'] } },
    table: 'write',
  },
  runWork: {
    entry: 'functions/runs/run-work.lambda.ts',
    trigger: {
      kind: 'events',
      pattern: { source: ['suki.work'], 'detail-type': ['due.run', 'due.shard', 'due.entry', 'work.run', 'work.shard'] },
    },
    table: 'write',
    rights: ['putEvents', 'rootSecret', 'sendMail', 'sendSms'],
    timeoutSeconds: 60,
  },
  providerEvents: {
    entry: 'functions/channels/provider-events.lambda.ts',
    trigger: { kind: 'topic', topic: 'provider' },
    table: 'write',
  },
  onCampaigns: {
    entry: 'functions/campaigns/on-campaigns.lambda.ts',
    trigger: {
      kind: 'events',
      pattern: { source: ['suki.work'], 'detail-type': ['due.campaign', 'work.job.dry-run', 'work.job.report'] },
    },
    table: 'write',
    rights: ['manageSchedules', 'putEvents', 'sendJobs'],
    timeoutSeconds: 300,
  },
  campaignSchedules: {
    entry: 'functions/campaigns/reconcile.lambda.ts',
    trigger: { kind: 'schedule', rate: 'rate(1 hour)' },
    table: 'read',
    rights: ['manageSchedules'],
  },
  ruleWork: {
    entry: 'functions/rules/rule-work.lambda.ts',
    trigger: {
      kind: 'events',
      pattern: {
        source: ['suki', 'suki.work'],
        'detail-type': [
          ...['customer.', 'interaction.', 'consent.', 'followUp.', 'case.'].map((prefix) => ({ prefix })),
          ...['response.completed', 'rule.changed', 'workspace.changed', 'due.rule', 'due.ruleWalk'],
        ],
      },
    },
    table: 'write',
    rights: ['rootSecret'],
  },
  onResponses: {
    entry: 'functions/responses/on-responses.lambda.ts',
    trigger: { kind: 'events', pattern: { source: ['suki'], 'detail-type': ['response.completed'] } },
    table: 'write',
  },
  teamRecount: {
    entry: 'functions/team/on-recount.lambda.ts',
    trigger: { kind: 'events', pattern: { source: ['suki.work'], 'detail-type': ['team.recount'] } },
    table: 'write',
    rights: ['putEvents'],
  },
  messageWork: {
    entry: 'functions/messages/message-work.lambda.ts',
    trigger: { kind: 'events', pattern: { source: ['suki.work'], 'detail-type': ['due.message'] } },
    table: 'write',
    rights: ['getObjects', 'rootSecret', 'sendMail', 'sendSms'],
  },
  mailIn: {
    entry: 'functions/mail-in/mail-in.lambda.ts',
    trigger: { kind: 'topic', topic: 'inbound' },
    table: 'write',
    rights: ['putObjects', 'getObjects', 'rootSecret'],
    timeoutSeconds: 60,
  },
  mentions: {
    entry: 'functions/notifications/mentions.lambda.ts',
    trigger: {
      kind: 'events',
      pattern: {
        source: ['suki'],
        'detail-type': ['interaction.created', 'interaction.changed', 'followUp.created', 'followUp.changed'],
        // Hardly any text names somebody, and what comes by the thousand names nobody.
        detail: { via: ['person', 'key'], mentions: [true] },
      },
    },
    table: 'write',
  },
  digests: {
    entry: 'functions/notifications/digests.lambda.ts',
    trigger: {
      kind: 'events',
      pattern: { source: ['suki', 'suki.work'], 'detail-type': ['member.created', 'member.changed', 'due.digest'] },
    },
    table: 'write',
    rights: ['sendMail'],
  },
  preToken: { entry: 'functions/admin/pre-token.lambda.ts', trigger: { kind: 'preToken' }, table: 'write', timeoutSeconds: 5 },
};

/** The service that answers what no route matches, and the health check. */
export const defaultService = 'fallback';
