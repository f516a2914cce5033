import type { Role } from '../../functions/admin/roles.ts';
import { campaignRows } from './permission-campaigns.ts';
import { formRows } from './permission-forms.ts';
import { notificationRows } from './permission-notifications.ts';
import { ruleRows } from './permission-rules.ts';
import { runRows } from './permission-runs.ts';
import { segmentRows } from './permission-segments.ts';
import { senderRows } from './permission-senders.ts';
import { supportRows } from './permission-support.ts';
import { surveyRows } from './permission-surveys.ts';

/**
 * Who may do what, written by hand from the role table (docs/roles.md), operation by operation. Not made from the code: it is what
 * the code is held to.
 *
 * A cell is what happens to a record that is …
 *   own      the caller's own                 team     owned by a team mate          other    owned by somebody else
 *   nobody   without an owner                 foreign  another workspace's           archived the caller's own, archived
 *   absent   not there
 *
 * y  done, or shown in the list           f  403 forbidden                n  404 not found, or not in the list
 * c  409 already archived                 s  409 not archived             d  409 duplicate
 * i  422 invalid input                    w  409 wrong state              o  403 own approval
 * -  there is no such relation
 */
export const relations = ['own', 'team', 'other', 'nobody', 'foreign', 'archived', 'absent'] as const;
export type Relation = (typeof relations)[number];

/** Seven letters, a relation each, or one where the operation is about no record. */
export type Row = Record<Role, string>;

const none = 'fffffff';

/** Lists and look-ups: sales sees her team's, a partner what is shared with him, which is nothing yet. */
const listed: Row = {
  admin: 'yyyynnn',
  manager: 'yyyynnn',
  sales: 'yynnnnn',
  service: 'yyyynnn',
  marketing: 'yyyynnn',
  analyst: 'yyyynnn',
  partner: 'nnnnnnn',
};
const found: Row = {
  admin: 'yyyynyn',
  manager: 'yyyynyn',
  sales: 'yynnnyn',
  service: 'yyyynyn',
  marketing: 'yyyynyn',
  analyst: 'yyyynyn',
  partner: 'nnnnnnn',
};
const read = found;

/** Only admin, manager and the owner among sales change a customer; service all; marketing tags and consent. */
const written: Row = {
  admin: 'yyyyncn',
  manager: 'yyyyncn',
  sales: 'yfnnncn',
  service: 'yyyyncn',
  marketing: 'yyyyncn',
  analyst: none,
  partner: none,
};
const writtenButMarketing: Row = { ...written, marketing: none };
const removed: Row = {
  admin: 'yyyyncn',
  manager: 'yyyyncn',
  sales: 'yfnnncn',
  service: none,
  marketing: none,
  analyst: none,
  partner: none,
};
const broughtBack: Row = {
  admin: 'ssssnyn',
  manager: 'ssssnyn',
  sales: 'sfnnnyn',
  service: none,
  marketing: none,
  analyst: none,
  partner: none,
};

/** Interactions follow their customer: sales logs for her team's, a partner for what is shared with him. */
const logged: Row = {
  admin: 'yyyyncn',
  manager: 'yyyyncn',
  sales: 'yynnncn',
  service: 'yyyyncn',
  marketing: none,
  analyst: none,
  partner: 'nnnnnnn',
};
const interactionsRemoved: Row = {
  admin: 'yyyyncn',
  manager: 'yyyyncn',
  sales: none,
  service: none,
  marketing: none,
  analyst: none,
  partner: none,
};

/** A follow-up is its owner's; there is none without one, so the fourth letter says nothing. Archived is cancelled. */
const followUpsRead: Row = {
  admin: 'yyy-nyn',
  manager: 'yyy-nyn',
  sales: 'ynn-nyn',
  service: 'yyy-nyn',
  marketing: 'ynn-nyn',
  analyst: 'yyy-nyn',
  partner: 'ynn-nyn',
};
const noFollowUp = 'fff-fff';
const followUpsWritten: Row = {
  admin: 'yyy-nwn',
  manager: 'yyy-nwn',
  sales: 'ynn-nwn',
  service: 'yff-nwn',
  marketing: 'ynn-nwn',
  analyst: noFollowUp,
  partner: 'ynn-nwn',
};
const followUpsCancelled: Row = {
  admin: 'yyy-ncn',
  manager: 'yyy-ncn',
  sales: 'ynn-ncn',
  service: 'yff-ncn',
  marketing: 'ynn-ncn',
  analyst: noFollowUp,
  partner: noFollowUp,
};
/** The owner that a new one is given; one who is absent or of another workspace is no member here. */
const followUpsPlanned: Row = {
  admin: 'yyy-i-i',
  manager: 'yyy-i-i',
  sales: 'yff-f-f',
  service: 'yff-f-f',
  marketing: 'yff-f-f',
  analyst: 'fff-f-f',
  partner: 'yff-f-f',
};

const everybody: Row = { admin: 'y', manager: 'y', sales: 'y', service: 'y', marketing: 'y', analyst: 'y', partner: 'y' };
const admins: Row = { admin: 'y', manager: 'f', sales: 'f', service: 'f', marketing: 'f', analyst: 'f', partner: 'f' };
const managers: Row = { ...admins, manager: 'y' };
const staff: Row = { ...everybody, partner: 'f' };
const importers: Row = { ...managers, marketing: 'y' };
const exporters: Row = { ...managers, analyst: 'y' };

/** By id, of the workspace's own records: whoever may at all may do it to all of them. */
const byId = (who: Row): Row =>
  Object.fromEntries(Object.entries(who).map(([role, may]) => [role, may === 'y' ? 'y-y-n-n' : 'f-f-f-f'])) as Row;
/** The same where the record is not in the state that the operation needs. */
const inWrongState = (who: Row): Row =>
  Object.fromEntries(Object.entries(who).map(([role, may]) => [role, may === 'y' ? 'w-w-n-n' : 'f-f-f-f'])) as Row;

/** Those who log interactions of their own customers or of all; a partner has none that wait. */
const loggers: Row = { ...managers, sales: 'y', service: 'y' };
const waiting = byId(loggers);
/** Whoever reads interactions gets so far; to those who log none, a mail that waits is not there. */
const mails: Row = { ...waiting, marketing: 'n-n-n-n', analyst: 'n-n-n-n', partner: 'n-n-n-n' };

/** By operation; after a colon a variant of it. */
export const table: Record<string, Row> = {
  ...campaignRows,
  ...runRows,
  ...notificationRows,
  ...ruleRows,
  ...segmentRows,
  ...senderRows,
  ...formRows,
  ...surveyRows,
  ...supportRows,
  listCustomers: listed,
  'listCustomers:archived': {
    admin: 'nnnnnyn',
    manager: 'nnnnnyn',
    sales: 'nnnnnyn',
    service: 'nnnnnyn',
    marketing: 'nnnnnyn',
    analyst: 'nnnnnyn',
    partner: 'nnnnnnn',
  },
  'listCustomers:own': {
    admin: 'ynnnnnn',
    manager: 'ynnnnnn',
    sales: 'ynnnnnn',
    service: 'ynnnnnn',
    marketing: 'ynnnnnn',
    analyst: 'ynnnnnn',
    partner: 'nnnnnnn',
  },
  'listCustomers:activity': listed,
  searchCustomers: listed,
  findCustomers: found,
  lookUpCustomer: found,
  'lookUpCustomer:key': found,
  'lookUpCustomer:phone': found,
  getCustomer: read,
  getCustomerByKey: read,
  getCustomerHistory: read,
  getOverview: read,
  listConsents: read,

  // The owner that a new customer is given; an absent owner and one of another workspace are no members here.
  createCustomer: {
    admin: 'yyyyi-i',
    manager: 'yyyyi-i',
    sales: 'yffyf-f',
    service: 'yyyyi-i',
    marketing: 'fffff-f',
    analyst: 'fffff-f',
    partner: 'fffff-f',
  },
  'batchCustomers:create': {
    admin: 'yyyyi-i',
    manager: 'yyyyi-i',
    sales: 'yffyf-f',
    service: 'yyyyi-i',
    marketing: 'fffff-f',
    analyst: 'fffff-f',
    partner: 'fffff-f',
  },
  updateCustomer: written,
  // Marketing writes tags and consent; any other field of a customer that she sees is forbidden.
  'updateCustomer:name': { ...written, marketing: 'ffffnfn' },
  'updateCustomer:owner': { ...written, marketing: 'ffffnfn' },
  'batchCustomers:update': written,
  // Whoever may write at all gets to the single operations: what is not there is not found before it is forbidden.
  'batchCustomers:archive': { ...removed, service: 'ffffnfn', marketing: 'ffffnfn' },
  'batchCustomers:restore': { ...broughtBack, service: 'ffffnfn', marketing: 'ffffnfn' },
  moveCustomer: writtenButMarketing,
  archiveCustomer: removed,
  restoreCustomer: broughtBack,
  setConsent: written,
  // By external key: what is not the caller's to see is a duplicate that she cannot see; what is not there is made.
  upsertCustomer: {
    admin: 'yyyyycy',
    manager: 'yyyyycy',
    sales: 'yfddycy',
    service: 'yyyyycy',
    marketing: 'fffffff',
    analyst: none,
    partner: none,
  },

  listInteractions: read,
  getInteraction: read,
  getAttachment: read,
  logInteraction: logged,
  batchInteractions: logged,
  startAttachment: logged,
  updateInteraction: logged,
  archiveInteraction: interactionsRemoved,
  restoreInteraction: interactionsRemoved,

  getToday: everybody,
  pinToday: everybody,
  unpinToday: everybody,
  getTeamActivity: staff,
  recountTeam: staff,
  listFollowUps: {
    admin: 'yyy-nnn',
    manager: 'yyy-nnn',
    sales: 'ynn-nnn',
    service: 'yyy-nnn',
    marketing: 'ynn-nnn',
    analyst: 'yyy-nnn',
    partner: 'ynn-nnn',
  },
  'listFollowUps:own': {
    admin: 'ynn-nnn',
    manager: 'ynn-nnn',
    sales: 'ynn-nnn',
    service: 'ynn-nnn',
    marketing: 'ynn-nnn',
    analyst: 'ynn-nnn',
    partner: 'ynn-nnn',
  },
  getFollowUp: followUpsRead,
  getFollowUpHistory: followUpsRead,
  createFollowUp: followUpsPlanned,
  'batchFollowUps:create': followUpsPlanned,
  updateFollowUp: followUpsWritten,
  finishFollowUp: followUpsWritten,
  'batchFollowUps:done': followUpsWritten,
  'batchFollowUps:snooze': followUpsWritten,
  reopenFollowUp: followUpsWritten,
  snoozeFollowUp: followUpsWritten,
  getCallLists: everybody,
  // Only a call of a call list is tried again.
  tryCallAgain: Object.fromEntries(Object.entries(followUpsWritten).map(([role, cells]) => [role, cells.replaceAll('y', 'w')])) as Row,
  cancelFollowUp: followUpsCancelled,
  // Whoever may plan at all gets to the single operations.
  'batchFollowUps:cancel': { ...followUpsCancelled, partner: 'fnn-nfn' },
  restoreFollowUp: {
    admin: 'sss-nyn',
    manager: 'sss-nyn',
    sales: 'snn-nyn',
    service: 'sff-nyn',
    marketing: 'snn-nyn',
    analyst: noFollowUp,
    partner: noFollowUp,
  },

  getHealth: everybody,

  getWorkspace: managers,
  updateWorkspace: admins,
  // Fields are shown to whoever sees customers at all.
  listFields: everybody,
  addField: admins,
  updateField: admins,
  removeField: admins,
  getMe: everybody,
  updateMe: everybody,
  switchWorkspace: {
    admin: 'y---n-n',
    manager: 'y---n-n',
    sales: 'y---n-n',
    service: 'y---n-n',
    marketing: 'y---n-n',
    analyst: 'y---n-n',
    partner: 'y---n-n',
  },
  signOutMe: everybody,
  listMembers: staff,
  getMember: byId(staff),
  addMember: admins,
  updateMember: byId(admins),
  signOutMember: byId(admins),
  handOver: byId(admins),
  listTeams: staff,
  getTeam: byId(staff),
  addTeam: admins,
  updateTeam: byId(admins),
  removeTeam: byId(admins),
  listApiKeys: managers,
  getApiKey: byId(managers),
  createApiKey: admins,
  revokeApiKey: byId(admins),
  listAuditEvents: managers,

  listJobs: everybody,
  // A job is its member's; who reads the audit sees all.
  getJob: {
    admin: 'y-y-n-n',
    manager: 'y-y-n-n',
    sales: 'y-n-n-n',
    service: 'y-n-n-n',
    marketing: 'y-n-n-n',
    analyst: 'y-n-n-n',
    partner: 'y-n-n-n',
  },
  // A hand-over is an admin's work, whoever's job it was.
  resumeJob: {
    admin: 'y-y-n-n',
    manager: 'f-f-n-n',
    sales: 'f-n-n-n',
    service: 'f-n-n-n',
    marketing: 'f-n-n-n',
    analyst: 'f-n-n-n',
    partner: 'f-n-n-n',
  },
  undoJob: {
    admin: 'y-y-n-n',
    manager: 'f-f-n-n',
    sales: 'f-n-n-n',
    service: 'f-n-n-n',
    marketing: 'f-n-n-n',
    analyst: 'f-n-n-n',
    partner: 'f-n-n-n',
  },

  listImports: importers,
  createImport: importers,
  getImport: byId(importers),
  inspectImport: byId(importers),
  updateImport: inWrongState(importers),
  dryRunImport: inWrongState(importers),
  startImport: inWrongState(importers),
  resumeImport: inWrongState(importers),
  undoImport: inWrongState(importers),
  getImportErrors: { ...byId(importers), admin: 'n-n-n-n', manager: 'n-n-n-n', marketing: 'n-n-n-n' },

  // What is written to a customer follows her interactions; its texts are made by those who make campaigns.
  listMessages: read,
  getMessage: read,
  previewMessage: read,
  createMessage: logged,
  cancelMessage: logged,
  // Only what nobody knows the fate of is sent again.
  resendMessage: Object.fromEntries(Object.entries(logged).map(([role, cells]) => [role, cells.replaceAll('y', 'w')])) as Row,
  listVariables: everybody,
  listTemplates: everybody,
  getTemplate: byId(everybody),
  addTemplate: importers,
  updateTemplate: byId(importers),
  archiveTemplate: byId(importers),
  restoreTemplate: Object.fromEntries(Object.entries(byId(importers)).map(([role, cells]) => [role, cells.replaceAll('y', 's')])) as Row,

  // What waits is nobody's yet: those who log interactions look through it. What is attached follows its customer.
  listMails: loggers,
  getMail: mails,
  getMailText: waiting,
  getOriginal: mails,
  attachMail: waiting,
  discardMail: waiting,
  reopenMail: inWrongState(loggers),
  releaseMailFile: { ...inWrongState(loggers), partner: 'n-n-n-n' },

  // A recipient's own link asks nobody's leave: who holds it is told the same, signed in or not.
  unsubscribe: everybody,
  openUnsubscribe: everybody,
  getWishes: everybody,
  setWishes: everybody,

  // Whoever sees campaigns sees who is never written to; those who make them add to it; only an admin takes it back.
  listSuppressions: staff,
  lookUpSuppression: staff,
  getSuppression: byId(staff),
  addSuppression: importers,
  batchSuppressions: importers,
  liftSuppression: byId(admins),

  createExport: exporters,
  // Managers export customers, not what was talked of with them.
  'createExport:interactions': { ...admins, analyst: 'y' },
  listExports: everybody,
  // An export is its member's alone, as long as she may still have it: it holds what she may see.
  getExport: {
    admin: 'y-n-n-n',
    manager: 'y-n-n-n',
    sales: 'n-n-n-n',
    service: 'n-n-n-n',
    marketing: 'n-n-n-n',
    analyst: 'y-n-n-n',
    partner: 'n-n-n-n',
  },
};
