import { tMaybe } from '../i18n/i18n.ts';

/** What a variable stands for, in the reader's words; a field of the workspace's own by its key. */
export function variableName(name: string): string {
  const field = name.split('.').at(-1) ?? name;
  return tMaybe(`message.variable.${name}`) ?? tMaybe(`field.${field}`) ?? tMaybe(`column.${field}`) ?? field;
}
