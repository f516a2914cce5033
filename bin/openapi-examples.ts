/** A body for each operation that takes one, as the interactive docs offer it. A test parses each with its route's schema. */
export const examples: Record<string, unknown> = {
  searchCustomers: {
    where: {
      and: [
        { field: 'country', op: 'eq', value: 'PH' },
        { field: 'tags', op: 'in', value: ['wholesale'] },
      ],
    },
    sort: 'name',
    limit: 20,
  },
  findCustomers: { text: 'ana tru', limit: 10 },
  lookUpCustomer: { email: 'ana@trujillo.example' },
  createCustomer: {
    kind: 'person',
    name: 'Ana Trujillo',
    givenName: 'Ana',
    familyName: 'Trujillo',
    tags: ['wholesale'],
    emails: [{ address: 'ana@trujillo.example', label: 'work', primary: true }],
    phones: [{ number: '0917 555 0123', type: 'mobile' }],
    addresses: [{ lines: ['12 Mabini Street'], city: 'Quezon City', country: 'PH' }],
  },
  batchCustomers: { operations: [{ op: 'create', body: { kind: 'company', name: 'Trujillo Helados' } }] },
  updateCustomer: { jobTitle: 'Owner', tags: ['wholesale', 'vip'] },
  moveCustomer: { lifecycle: 'active' },
  upsertCustomer: { kind: 'company', name: 'Trujillo Helados' },
  setConsent: { status: 'granted', source: 'counter', evidence: 'signed the form at the counter' },
  logInteraction: { channel: 'call', direction: 'in', reason: 'complaint', subject: 'Leaking cartridge', durationSeconds: 340 },
  batchInteractions: {
    operations: [{ customerId: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3', body: { channel: 'email', direction: 'out', subject: 'Your order' } }],
  },
  updateInteraction: { outcome: 'resolved' },
  startAttachment: { name: 'photo.jpg', bytes: 482_113, type: 'image/jpeg' },
};
