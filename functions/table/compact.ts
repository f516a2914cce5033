/**
 * Rows are stored with short attribute names and without what a schema's default gives back: null, false, empty lists and maps.
 * The price of a write is counted in whole KiB, so a name of one letter is money.
 */
export type Names = Readonly<Record<string, string>>;

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === false ||
  (Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0);

/** Maps whose keys are people's own words: neither renamed nor thinned. */
const opaque = new Set([
  'custom',
  'settings',
  'result',
  'mapping',
  'byChannel',
  'texts',
  'where',
  'data',
  'levels',
  'campaign',
  'audience',
  'definition',
  'answers',
]);

export const compact = (value: unknown, names: Names): unknown => {
  if (Array.isArray(value)) return value.map((entry) => compact(entry, names));
  if (!isMap(value)) return value;
  const small: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const inner = opaque.has(name) ? entry : compact(entry, names);
    if (!isEmpty(inner)) small[names[name] ?? name] = inner;
  }
  return small;
};

/** Turns a dictionary round. Throws where two names were given one short form. */
export const reversed = (names: Names): Names => {
  const back = Object.fromEntries(Object.entries(names).map(([long, short]) => [short, long]));
  if (Object.keys(back).length !== Object.keys(names).length) throw new Error('two attributes share a short name');
  return back;
};

export const expand = (value: unknown, longNames: Names): unknown => {
  if (Array.isArray(value)) return value.map((entry) => expand(entry, longNames));
  if (!isMap(value)) return value;
  const full: Record<string, unknown> = {};
  for (const [short, entry] of Object.entries(value)) {
    const name = longNames[short] ?? short;
    full[name] = opaque.has(name) ? entry : expand(entry, longNames);
  }
  return full;
};
