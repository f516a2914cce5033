import type { adminRoutes } from '../../../functions/admin/admin.routes.ts';
import type { campaignRoutes } from '../../../functions/campaigns/campaigns.routes.ts';
import type { caseRoutes } from '../../../functions/cases/cases.routes.ts';
import type { themeRoutes } from '../../../functions/cases/themes.routes.ts';
import type { customerRoutes } from '../../../functions/customers/customers.routes.ts';
import type { exportRoutes } from '../../../functions/exports/exports.routes.ts';
import type { followUpRoutes } from '../../../functions/followups/follow-ups.routes.ts';
import type { formRoutes } from '../../../functions/forms/forms.routes.ts';
import type { importRoutes } from '../../../functions/imports/imports.routes.ts';
import type { interactionRoutes } from '../../../functions/interactions/interactions.routes.ts';
import type { jobRoutes } from '../../../functions/jobs/jobs.routes.ts';
import type { mailRoutes } from '../../../functions/mail-in/mails.routes.ts';
import type { messageRoutes } from '../../../functions/messages/messages.routes.ts';
import type { notificationRoutes } from '../../../functions/notifications/notifications.routes.ts';
import type { overviewRoutes } from '../../../functions/overview/overview.routes.ts';
import type { reportRoutes } from '../../../functions/reports/reports.routes.ts';
import type { responseRoutes } from '../../../functions/responses/responses.routes.ts';
import type { ruleRoutes } from '../../../functions/rules/rules.routes.ts';
import type { callRoutes } from '../../../functions/runs/calls.routes.ts';
import type { runRoutes } from '../../../functions/runs/runs.routes.ts';
import type { listRoutes } from '../../../functions/segments/lists.routes.ts';
import type { segmentRoutes } from '../../../functions/segments/segments.routes.ts';
import type { senderRoutes } from '../../../functions/senders/senders.routes.ts';
import type { serviceLevelRoutes } from '../../../functions/service-levels/service-levels.routes.ts';
import type { suppressionRoutes } from '../../../functions/suppressions/suppressions.routes.ts';
import type { surveyRoutes } from '../../../functions/surveys/surveys.routes.ts';
import type { teamRoutes } from '../../../functions/team/team.routes.ts';
import type { todayRoutes } from '../../../functions/today/today.routes.ts';

/** The HTTP contract, as types alone: neither the tables nor zod travel to the browser. */
export type Routes = typeof customerRoutes &
  typeof campaignRoutes &
  typeof caseRoutes &
  typeof themeRoutes &
  typeof serviceLevelRoutes &
  typeof formRoutes &
  typeof reportRoutes &
  typeof runRoutes &
  typeof callRoutes &
  typeof interactionRoutes &
  typeof followUpRoutes &
  typeof notificationRoutes &
  typeof ruleRoutes &
  typeof senderRoutes &
  typeof segmentRoutes &
  typeof listRoutes &
  typeof teamRoutes &
  typeof todayRoutes &
  typeof overviewRoutes &
  typeof adminRoutes &
  typeof importRoutes &
  typeof exportRoutes &
  typeof jobRoutes &
  typeof mailRoutes &
  typeof messageRoutes &
  typeof suppressionRoutes &
  typeof surveyRoutes &
  typeof responseRoutes;

type Spelling<R> = R extends { method: infer M extends string; path: infer P extends string } ? `${M} ${P}` : never;

/** Method and path of what the client calls. A path that differs from the route table does not compile. */
export const operations = {
  listSurveys: 'GET /v1/surveys',
  createSurvey: 'POST /v1/surveys',
  getSurvey: 'GET /v1/surveys/{id}',
  updateSurvey: 'PATCH /v1/surveys/{id}',
  publishSurvey: 'POST /v1/surveys/{id}/publish',
  closeSurvey: 'POST /v1/surveys/{id}/close',
  reopenSurvey: 'POST /v1/surveys/{id}/reopen',
  archiveSurvey: 'DELETE /v1/surveys/{id}',
  restoreSurvey: 'POST /v1/surveys/{id}/restore',
  listSurveyTemplates: 'GET /v1/survey-templates',
  listSurveyLinks: 'GET /v1/surveys/{id}/links',
  addSurveyLink: 'POST /v1/surveys/{id}/links',
  closeSurveyLink: 'POST /v1/surveys/{id}/links/{linkId}/close',
  getSurveyResults: 'GET /v1/surveys/{id}/results',
  listResponses: 'GET /v1/surveys/{id}/responses',
  getResponse: 'GET /v1/surveys/{id}/responses/{responseId}',
  listAskingCampaigns: 'GET /v1/surveys/{id}/campaigns',
  sortResponse: 'PATCH /v1/surveys/{id}/responses/{responseId}',
  archiveResponse: 'DELETE /v1/surveys/{id}/responses/{responseId}',
  restoreResponse: 'POST /v1/surveys/{id}/responses/{responseId}/restore',
  listCustomerResponses: 'GET /v1/customers/{id}/responses',
  inviteCustomer: 'POST /v1/customers/{id}/survey-links',
  listCases: 'GET /v1/cases',
  getCaseReport: 'GET /v1/case-report',
  createCase: 'POST /v1/cases',
  getCase: 'GET /v1/cases/{id}',
  updateCase: 'PATCH /v1/cases/{id}',
  moveCase: 'POST /v1/cases/{id}/state',
  mergeCase: 'POST /v1/cases/{id}/merge',
  listCaseEntries: 'GET /v1/cases/{id}/interactions',
  logOnCase: 'POST /v1/cases/{id}/interactions',
  archiveCase: 'DELETE /v1/cases/{id}',
  restoreCase: 'POST /v1/cases/{id}/restore',
  listRaised: 'GET /v1/themes/{id}/raised',
  listThemes: 'GET /v1/themes',
  createTheme: 'POST /v1/themes',
  moveTheme: 'POST /v1/themes/{id}/state',
  updateTheme: 'PATCH /v1/themes/{id}',
  getServiceLevels: 'GET /v1/service-levels',
  updateServiceLevels: 'PATCH /v1/service-levels',
  listForms: 'GET /v1/forms',
  createForm: 'POST /v1/forms',
  getForm: 'GET /v1/forms/{id}',
  updateForm: 'PATCH /v1/forms/{id}',
  publishForm: 'POST /v1/forms/{id}/publish',
  closeForm: 'POST /v1/forms/{id}/close',
  removeForm: 'DELETE /v1/forms/{id}',
  listHeldSubmissions: 'GET /v1/held-submissions',
  releaseSubmission: 'POST /v1/held-submissions/{id}/release',
  removeSubmission: 'DELETE /v1/held-submissions/{id}',
  listSenders: 'GET /v1/senders',
  addSender: 'POST /v1/senders',
  changeSender: 'PATCH /v1/senders/{id}',
  checkSender: 'POST /v1/senders/{id}/check',
  testSender: 'POST /v1/senders/{id}/test',
  removeSender: 'DELETE /v1/senders/{id}',
  listCustomers: 'GET /v1/customers',
  findCustomers: 'POST /v1/customers/find',
  createCustomer: 'POST /v1/customers',
  batchCustomers: 'POST /v1/customers/batch',
  getCustomer: 'GET /v1/customers/{id}',
  updateCustomer: 'PATCH /v1/customers/{id}',
  archiveCustomer: 'DELETE /v1/customers/{id}',
  restoreCustomer: 'POST /v1/customers/{id}/restore',
  moveCustomer: 'POST /v1/customers/{id}/lifecycle',
  getCustomerHistory: 'GET /v1/customers/{id}/history',
  listConsents: 'GET /v1/customers/{id}/consents',
  setConsent: 'PUT /v1/customers/{id}/consents/{channel}/{topic}',
  listInteractions: 'GET /v1/customers/{id}/interactions',
  logInteraction: 'POST /v1/customers/{id}/interactions',
  updateInteraction: 'PATCH /v1/customers/{id}/interactions/{interactionId}',
  archiveInteraction: 'DELETE /v1/customers/{id}/interactions/{interactionId}',
  restoreInteraction: 'POST /v1/customers/{id}/interactions/{interactionId}/restore',
  startAttachment: 'POST /v1/customers/{id}/attachments',
  getAttachment: 'GET /v1/customers/{id}/interactions/{interactionId}/attachments/{attachmentId}',
  getOverview: 'GET /v1/customers/{id}/overview',
  listFollowUps: 'GET /v1/follow-ups',
  createFollowUp: 'POST /v1/follow-ups',
  getFollowUp: 'GET /v1/follow-ups/{id}',
  updateFollowUp: 'PATCH /v1/follow-ups/{id}',
  finishFollowUp: 'POST /v1/follow-ups/{id}/done',
  reopenFollowUp: 'POST /v1/follow-ups/{id}/reopen',
  snoozeFollowUp: 'POST /v1/follow-ups/{id}/snooze',
  cancelFollowUp: 'DELETE /v1/follow-ups/{id}',
  restoreFollowUp: 'POST /v1/follow-ups/{id}/restore',
  pinToday: 'PUT /v1/today/pins/{itemId}',
  unpinToday: 'DELETE /v1/today/pins/{itemId}',
  getFollowUpHistory: 'GET /v1/follow-ups/{id}/history',
  getToday: 'GET /v1/today',
  getTeamActivity: 'GET /v1/team-activity',
  recountTeam: 'POST /v1/team-activity/recount',
  getInteraction: 'GET /v1/customers/{id}/interactions/{interactionId}',
  listNotifications: 'GET /v1/notifications',
  countNotifications: 'GET /v1/notifications/unread',
  readNotification: 'POST /v1/notifications/{id}/read',
  readNotifications: 'POST /v1/notifications/read',
  getNotificationPreferences: 'GET /v1/notifications/preferences',
  setNotificationPreferences: 'PUT /v1/notifications/preferences',
  listRules: 'GET /v1/rules',
  listReadyRules: 'GET /v1/rules/ready',
  createRule: 'POST /v1/rules',
  dryRunRule: 'POST /v1/rules/dry-run',
  getRule: 'GET /v1/rules/{id}',
  updateRule: 'PATCH /v1/rules/{id}',
  turnRuleOn: 'POST /v1/rules/{id}/on',
  turnRuleOff: 'POST /v1/rules/{id}/off',
  archiveRule: 'DELETE /v1/rules/{id}',
  restoreRule: 'POST /v1/rules/{id}/restore',
  listRuleFirings: 'GET /v1/rules/{id}/firings',
  createCampaign: 'POST /v1/campaigns',
  getCampaign: 'GET /v1/campaigns/{id}',
  updateCampaign: 'PATCH /v1/campaigns/{id}',
  archiveCampaign: 'DELETE /v1/campaigns/{id}',
  restoreCampaign: 'POST /v1/campaigns/{id}/restore',
  duplicateCampaign: 'POST /v1/campaigns/{id}/duplicate',
  previewCampaign: 'POST /v1/campaigns/{id}/preview',
  testSendCampaign: 'POST /v1/campaigns/{id}/test-send',
  dryRunCampaign: 'POST /v1/campaigns/{id}/dry-run',
  getDryRun: 'GET /v1/campaigns/{id}/dry-run',
  startCampaign: 'POST /v1/campaigns/{id}/start',
  approveCampaign: 'POST /v1/campaigns/{id}/approve',
  returnCampaign: 'POST /v1/campaigns/{id}/return',
  pauseCampaign: 'POST /v1/campaigns/{id}/pause',
  resumeCampaign: 'POST /v1/campaigns/{id}/resume',
  endCampaign: 'POST /v1/campaigns/{id}/end',
  addCampaignWave: 'POST /v1/campaigns/{id}/waves',
  getCampaignReport: 'GET /v1/campaigns/{id}/report',
  countCampaignReport: 'POST /v1/campaigns/{id}/report/count',
  getCallLists: 'GET /v1/call-lists',
  tryCallAgain: 'POST /v1/follow-ups/{id}/try-again',
  listRuns: 'GET /v1/campaigns/{id}/runs',
  getRun: 'GET /v1/campaigns/{id}/runs/{occurrence}',
  pauseRun: 'POST /v1/campaigns/{id}/runs/{occurrence}/pause',
  resumeRun: 'POST /v1/campaigns/{id}/runs/{occurrence}/resume',
  cancelRun: 'POST /v1/campaigns/{id}/runs/{occurrence}/cancel',
  approveRun: 'POST /v1/campaigns/{id}/runs/{occurrence}/approve',
  listSends: 'GET /v1/campaigns/{id}/runs/{occurrence}/sends',
  resendSend: 'POST /v1/campaigns/{id}/runs/{occurrence}/sends/{sendId}/resend',
  getMe: 'GET /v1/me',
  switchWorkspace: 'POST /v1/me/workspace',
  signOutMe: 'POST /v1/me/sign-out',
  updateWorkspace: 'PATCH /v1/workspace',
  addField: 'POST /v1/fields',
  removeField: 'DELETE /v1/fields/{key}',
  listMembers: 'GET /v1/members',
  addMember: 'POST /v1/members',
  updateMember: 'PATCH /v1/members/{id}',
  signOutMember: 'POST /v1/members/{id}/sign-out',
  handOver: 'POST /v1/members/{id}/hand-over',
  listTeams: 'GET /v1/teams',
  addTeam: 'POST /v1/teams',
  updateTeam: 'PATCH /v1/teams/{id}',
  removeTeam: 'DELETE /v1/teams/{id}',
  listApiKeys: 'GET /v1/api-keys',
  createApiKey: 'POST /v1/api-keys',
  revokeApiKey: 'DELETE /v1/api-keys/{id}',
  listAuditEvents: 'GET /v1/audit-events',
  listImports: 'GET /v1/imports',
  createImport: 'POST /v1/imports',
  getImport: 'GET /v1/imports/{id}',
  inspectImport: 'POST /v1/imports/{id}/inspect',
  updateImport: 'PATCH /v1/imports/{id}',
  dryRunImport: 'POST /v1/imports/{id}/dry-run',
  startImport: 'POST /v1/imports/{id}/start',
  resumeImport: 'POST /v1/imports/{id}/resume',
  undoImport: 'POST /v1/imports/{id}/undo',
  getImportErrors: 'GET /v1/imports/{id}/errors',
  createExport: 'POST /v1/exports',
  getExport: 'GET /v1/exports/{id}',
  listJobs: 'GET /v1/jobs',
  getJob: 'GET /v1/jobs/{id}',
  resumeJob: 'POST /v1/jobs/{id}/resume',
  listCampaigns: 'GET /v1/campaigns',
  listFilterFields: 'GET /v1/filter-fields',
  listSegments: 'GET /v1/segments',
  createSegment: 'POST /v1/segments',
  getSegment: 'GET /v1/segments/{id}',
  updateSegment: 'PATCH /v1/segments/{id}',
  archiveSegment: 'DELETE /v1/segments/{id}',
  restoreSegment: 'POST /v1/segments/{id}/restore',
  estimateSegment: 'POST /v1/segments/estimate',
  countSegment: 'POST /v1/segments/count',
  listSegmentMembers: 'GET /v1/segments/{id}/members',
  freezeSegment: 'POST /v1/segments/{id}/freeze',
  listCustomerGroups: 'GET /v1/customers/{id}/groups',
  listLists: 'GET /v1/lists',
  createList: 'POST /v1/lists',
  getList: 'GET /v1/lists/{id}',
  updateList: 'PATCH /v1/lists/{id}',
  archiveList: 'DELETE /v1/lists/{id}',
  restoreList: 'POST /v1/lists/{id}/restore',
  listListMembers: 'GET /v1/lists/{id}/members',
  addListMembers: 'POST /v1/lists/{id}/members',
  removeListMembers: 'POST /v1/lists/{id}/members/remove',
  undoJob: 'POST /v1/jobs/{id}/undo',
  listMails: 'GET /v1/mails',
  getMail: 'GET /v1/mails/{id}',
  getMailText: 'GET /v1/mails/{id}/text',
  getOriginal: 'GET /v1/mails/{id}/original',
  attachMail: 'POST /v1/mails/{id}/attach',
  discardMail: 'POST /v1/mails/{id}/discard',
  reopenMail: 'POST /v1/mails/{id}/reopen',
  releaseMailFile: 'POST /v1/mails/{id}/files/{fileId}/release',
  listMessages: 'GET /v1/customers/{id}/messages',
  createMessage: 'POST /v1/customers/{id}/messages',
  previewMessage: 'POST /v1/customers/{id}/messages/preview',
  getMessage: 'GET /v1/customers/{id}/messages/{messageId}',
  cancelMessage: 'POST /v1/customers/{id}/messages/{messageId}/cancel',
  resendMessage: 'POST /v1/customers/{id}/messages/{messageId}/resend',
  listVariables: 'GET /v1/message-variables',
  listTemplates: 'GET /v1/message-templates',
  addTemplate: 'POST /v1/message-templates',
  updateTemplate: 'PATCH /v1/message-templates/{id}',
  archiveTemplate: 'DELETE /v1/message-templates/{id}',
  restoreTemplate: 'POST /v1/message-templates/{id}/restore',
  listSuppressions: 'GET /v1/suppressions',
  addSuppression: 'POST /v1/suppressions',
  lookUpSuppression: 'POST /v1/suppressions/lookup',
  liftSuppression: 'POST /v1/suppressions/{channel}/{id}/lift',
} as const satisfies { [K in keyof Routes]?: Spelling<Routes[K]> };
