import type { FieldCatalogue, FilterTarget } from '../kernel/filter.ts';
import { kinds, lifecycles, vias } from './customer.ts';

/** What can be asked of customers, and where it is answered. Workspace fields join as `custom.<key>`. */
export const customerFields = {
  name: { type: 'text', served: 'index' },
  ownerId: { type: 'id', served: 'index' },
  createdAt: { type: 'date', served: 'index' },
  kind: { type: 'enum', served: 'directory', values: kinds },
  lifecycle: { type: 'enum', served: 'directory', values: lifecycles },
  companyId: { type: 'id', served: 'directory' },
  jobTitle: { type: 'text', served: 'directory' },
  tags: { type: 'tags', served: 'directory' },
  email: { type: 'text', served: 'directory' },
  phone: { type: 'text', served: 'directory', ops: ['exists'] },
  city: { type: 'text', served: 'directory' },
  country: { type: 'id', served: 'directory' },
  archivedAt: { type: 'date', served: 'directory' },
  givenName: { type: 'text', served: 'row' },
  familyName: { type: 'text', served: 'row' },
  language: { type: 'id', served: 'row', at: 'preferences.language' },
  preferredChannel: { type: 'id', served: 'row', at: 'preferences.channel' },
  topics: { type: 'tags', served: 'row', at: 'preferences.topics' },
  interests: { type: 'tags', served: 'row', at: 'preferences.interests' },
  timeZone: { type: 'text', served: 'row' },
  source: { type: 'id', served: 'row', at: 'externalKeys.source' },
  via: { type: 'enum', served: 'row', values: vias },
  updatedAt: { type: 'date', served: 'row' },
  lastInteractionAt: { type: 'date', served: 'activity' },
  lastInboundAt: { type: 'date', served: 'activity' },
  lastOutboundAt: { type: 'date', served: 'activity' },
  interactions: { type: 'number', served: 'activity' },
} as const satisfies FieldCatalogue;

/** What lists and the full form of the filter serve: never a read of the whole customer. */
export const customerList: FilterTarget = { fields: customerFields, serves: ['index', 'directory'] };
