import type { CustomField, Workspace } from '../admin/workspace.ts';
import { activityFields } from '../interactions/activity-fields.ts';
import type { FieldCatalogue, FieldGroup, FieldSpec, FilterTarget } from '../kernel/filter.ts';
import { Email, kinds, vias } from './customer.ts';
import { lifecycles } from './kinds.ts';

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
  emailState: { type: 'enum', served: 'row', values: Email.shape.state.unwrap().options, at: 'emails.state' },
  anyCity: { type: 'text', served: 'row', at: 'addresses.city' },
  anyCountry: { type: 'id', served: 'row', at: 'addresses.country' },
  region: { type: 'text', served: 'row', at: 'addresses.region' },
  postalCode: { type: 'text', served: 'row', at: 'addresses.postalCode' },
  language: { type: 'id', served: 'row', at: 'preferences.language' },
  preferredChannel: { type: 'id', served: 'row', at: 'preferences.channel' },
  topics: { type: 'tags', served: 'row', at: 'preferences.topics' },
  interests: { type: 'tags', served: 'row', at: 'preferences.interests' },
  timeZone: { type: 'text', served: 'row' },
  source: { type: 'id', served: 'row', at: 'externalKeys.source' },
  via: { type: 'enum', served: 'row', values: vias },
  updatedAt: { type: 'date', served: 'row' },
} as const satisfies FieldCatalogue;

const customTypes = { text: 'text', number: 'number', date: 'date', choice: 'enum' } as const;
const customSpec = ({ key, kind, choices }: CustomField): FieldSpec => ({
  type: customTypes[kind],
  served: 'row',
  at: `custom.${key}`,
  ...(kind === 'choice' && { values: choices }),
});

/** What filters may ask of a customer herself, the workspace's own fields included. */
export const customerGroup: FieldGroup<Pick<Workspace, 'fields'>> = {
  name: 'customer',
  fields: ({ fields }) => ({
    ...customerFields,
    ...Object.fromEntries(fields.filter(({ removedAt }) => !removedAt).map((field) => [`custom.${field.key}`, customSpec(field)])),
  }),
};

/** What lists and the full form of the filter serve: never a read of the whole customer, nor of what lies beside her. */
export const customerList: FilterTarget = { fields: { ...customerFields, ...activityFields }, serves: ['index', 'directory'] };
