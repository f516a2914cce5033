/** The size of an item as DynamoDB counts it: names and values in UTF-8, 1 byte and 3 for a list or map, and 1 for each of its members. */
const text = (value: string) => Buffer.byteLength(value);

const numberBytes = (value: number) => Math.ceil(String(Math.abs(value)).replace(/[.-]/g, '').replace(/0+$/, '').length / 2) + 1;

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return numberBytes(value);
  if (typeof value === 'boolean' || value === null || value === undefined) return 1;
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, entry) => sum + valueBytes(entry) + 1, 0);
  return 3 + Object.entries(value).reduce((sum, [name, entry]) => sum + text(name) + valueBytes(entry) + 1, 0);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const itemBytes = (item: Record<string, unknown>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + text(name) + valueBytes(value), 0);

/** An entry of a directory index: table keys, index keys, and the projected map. */
export const entryBytes = (item: Record<string, unknown>, index: string): number =>
  itemBytes(Object.fromEntries(Object.entries(item).filter(([name]) => ['pk', 'sk', 'd', `${index}pk`, `${index}sk`].includes(name))));

export const writeUnits = (bytes: number) => Math.ceil(bytes / 1_024);
export const strongReadUnits = (bytes: number) => Math.ceil(bytes / 4_096);
export const readUnits = (bytes: number) => strongReadUnits(bytes) / 2;
