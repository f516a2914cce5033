import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

type Metadata = { countries: Record<string, unknown[]>; nonGeographic: Record<string, unknown[]> };
/** Where a country's formats stand in the metadata of libphonenumber-js, version 4. */
const formats = 4;

/** Phone metadata without the ways to write a number nicely: the international form does not need them, and they are 50 of 83 KiB. */
export function withoutFormats<M extends Metadata>(metadata: M): M {
  const without = (entries: Record<string, unknown[]>) =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, entry.map((part, at) => (at === formats ? 0 : part))]));
  return { ...metadata, countries: without(metadata.countries), nonGeographic: without(metadata.nonGeographic) };
}

const leanPhones: Plugin = {
  name: 'lean-phones',
  setup: (build) =>
    build.onLoad({ filter: /libphonenumber-js[\\/]metadata\.min\.json\.js$/ }, async ({ path }) => {
      const metadata = JSON.parse(await readFile(path.replace(/\.js$/, ''), 'utf8')) as Metadata;
      return { contents: `export default ${JSON.stringify(withoutFormats(metadata))}`, loader: 'js' };
    }),
};

/**
 * The SDK writes `{ [_h]: … }` for what is `{ "http": … }`. esbuild cannot know that such a name does nothing, so it keeps the shapes of
 * every operation of a service: with the names put in, those that are not used go, 55 KiB of S3.
 */
export function withPlainNames(source: string): string {
  const names = new Map([...source.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name!, value!]));
  return source.replace(/\[(_\w+)\]:/g, (whole, name: string) => (names.has(name) ? `${names.get(name)}:` : whole));
}

const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup: (build) =>
    build.onLoad({ filter: /@aws-sdk[\\/]client-[a-z0-9-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: withPlainNames(await readFile(path, 'utf8')),
      loader: 'js',
    })),
};

/** zod writes JSON Schema of every schema if asked; no function asks, so the 18 KiB that do it are left out. */
const leanZod: Plugin = {
  name: 'lean-zod',
  setup: (build) =>
    build.onLoad({ filter: /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/ }, async ({ path }) => {
      const names = [...(await readFile(path, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      return { contents: names.map((name) => `export const ${name} = () => undefined;`).join('\n'), loader: 'js' };
    }),
};

const errorClass =
  /export class (\w+) extends __BaseException \{\n((?: {4}static shapeId = .*\n)?) {4}name = "\1";\n {4}\$fault = ("\w+");\n((?:(?! {4}constructor).*\n)*?) {4}constructor\(opts\) \{\n {8}super\(\{\n {12}name: "\1",\n {12}\$fault: \3,\n {12}\.\.\.opts,\n {8}\}\);\n {8}Object\.setPrototypeOf\(this, \1\.prototype\);\n((?: {8}this\.\w+ = opts\.\w+;\n)*) {4}\}\n\}/g;
const madeError =
  'const madeError = (name, $fault, fields = []) => class extends __BaseException { name = name; $fault = $fault; constructor(opts) { super({ name, $fault, ...opts }); Object.setPrototypeOf(this, new.target.prototype); for (const field of fields) this[field] = opts[field]; } };';

/** The SDK writes the same class for each of a service's errors, 230 bytes each and up to 59 of them; from one they are a fifth of that. */
export function withShortErrors(source: string): string {
  const short = source.replace(errorClass, (_, name: string, shapeId: string, fault: string, declared: string, assigned: string) => {
    const fields = [...assigned.matchAll(/this\.(\w+) =/g)].map(([, field]) => field);
    // A field that is only declared would be set to undefined after the class below has set it.
    const initialised = declared.replace(/^ {4}\w+;\n/gm, '');
    return `export class ${name} extends madeError("${name}", ${fault}${fields.length ? `, ${JSON.stringify(fields)}` : ''}) {\n${shapeId}${initialised}}`;
  });
  return short.replace(/\n(?=export class)/, `\n${madeError}\n`);
}

const leanErrors: Plugin = {
  name: 'lean-errors',
  setup: (build) =>
    build.onLoad({ filter: /@aws-sdk[\\/]client-[a-z0-9-]+[\\/]dist-es[\\/]models[\\/]errors\.js$/ }, async ({ path }) => ({
      contents: withShortErrors(await readFile(path, 'utf8')),
      loader: 'js',
    })),
};

/** A client of the SDK asks its package for nothing but its version. */
const leanPackages: Plugin = {
  name: 'lean-packages',
  setup: (build) =>
    build.onLoad({ filter: /@aws-sdk[\\/]client-[a-z0-9-]+[\\/]package\.json$/ }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(path, 'utf8')) as { name: string; version: string };
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    }),
};

/**
 * Parts of the SDK that no function calls: streams of events (only S3's SelectObjectContent has one), and the discovery of endpoints, which
 * DynamoDB's client sets up with a cache and never uses. 23 KiB.
 */
const unusedParts: Record<string, string> = {
  '@smithy/core/dist-es/submodules/event-streams/index.js':
    'const none = () => { throw new Error("no function reads a stream of events"); }; export const EventStreamSerde = none; export const eventStreamSerdeProvider = none; export const resolveEventStreamSerdeConfig = (config) => config;',
  '@aws-sdk/middleware-endpoint-discovery/dist-es/resolveEndpointDiscoveryConfig.js':
    'export const resolveEndpointDiscoveryConfig = (config) => Object.assign(config, { endpointDiscoveryEnabled: async () => false, isClientEndpointDiscoveryEnabled: false });',
};
const leanParts: Plugin = {
  name: 'lean-parts',
  setup: (build) =>
    build.onLoad({ filter: /[\\/](event-streams[\\/]index|resolveEndpointDiscoveryConfig)\.js$/ }, ({ path }) => {
      const plain = path.replaceAll('\\', '/');
      const contents = Object.entries(unusedParts).find(([end]) => plain.endsWith(end))?.[1];
      return contents === undefined ? undefined : { contents, loader: 'js' };
    }),
};

/** What makes bundles smaller without changing what they do. */
export const leanBundles: Plugin[] = [leanPhones, leanSchemas, leanZod, leanErrors, leanPackages, leanParts];
