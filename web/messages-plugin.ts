import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/**
 * Compiles the ICU messages of `src/i18n/<language>.ts` and of `records` and `more` below it while bundling, so that no parser travels to the
 * browser and a message that does not parse fails the build with its key.
 */
export function messages(): Plugin {
  return {
    name: 'suki-messages',
    enforce: 'pre',
    async load(id) {
      const file = id.split('?')[0] ?? id;
      if (!/\/src\/i18n\/((more|records)\/)?(en|fr|fil|ur|th)\.ts$/.test(file)) return null;
      this.addWatchFile(file);
      const { messages } = (await import(`${file}?t=${Date.now()}`)) as { messages: Record<string, string> };
      const compiled = Object.entries(messages).map(([key, text]) => {
        try {
          return [key, compileMessageOrThrow(text)];
        } catch (cause) {
          throw new Error(`${file}: message "${key}" is not valid ICU`, { cause });
        }
      });
      return {
        code: `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))});`,
        moduleType: 'js',
      };
    },
  };
}
