import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Rows as DynamoDB writes them: `{ "S": "text" }`, `{ "N": "1" }`. Only the types that JSON has: text, number, truth, null, list, map. */
export type Attributes = Record<string, AttributeValue>;

const attributeOf = (value: unknown): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') {
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is no number that a row keeps exactly`);
    return { N: String(value) };
  }
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((entry) => entry !== undefined).map(attributeOf) };
  if (isPlain(value)) return { M: attributesOf(value) };
  throw new TypeError(`a row holds no ${typeof value === 'object' ? value.constructor.name : typeof value}`);
};

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

/** A name from outside must not become a prototype. */
const assign = (to: Record<string, unknown>, name: string, value: unknown) => {
  if (name === '__proto__') Object.defineProperty(to, name, { value, enumerable: true, configurable: true, writable: true });
  else to[name] = value;
};

/** Writes a row's fields as attributes; what is undefined is left out. Throws for what JSON does not have, and for numbers past 2⁵³. */
export function attributesOf(row: Record<string, unknown>): Attributes {
  const attributes: Attributes = {};
  for (const name of Object.keys(row)) {
    const value = row[name];
    if (value !== undefined) assign(attributes, name, attributeOf(value));
  }
  return attributes;
}

const plainOf = (attribute: AttributeValue): unknown => {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.M !== undefined) return fieldsOf(attribute.M);
  if (attribute.L !== undefined) return attribute.L.map(plainOf);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.NULL !== undefined) return null;
  throw new TypeError(`a row holds no ${Object.keys(attribute).join()}`);
};

/** Reads attributes back as plain fields. Throws for sets and binary values: the product writes none. */
export function fieldsOf(attributes: Attributes): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name of Object.keys(attributes)) assign(row, name, plainOf(attributes[name]!));
  return row;
}
