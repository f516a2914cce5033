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

/** What makes bundles smaller without changing what they do. */
export const leanBundles: Plugin[] = [leanPhones, leanSchemas, leanZod];
