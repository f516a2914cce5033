import type { ReactNode } from 'react';
import { useMe } from '../auth/me.ts';
import { tMaybe } from '../i18n/i18n.ts';

/** What a variable stands for, in the reader's words; a field of the workspace's own as the workspace calls it. */
export function useVariableName(): (name: string) => { text: string; isOwn: boolean } {
  const { workspace } = useMe();
  return (name) => {
    const field = name.split('.').at(-1) ?? name;
    const own = name.startsWith('customer.custom.') ? (workspace.fields.find(({ key }) => key === field)?.label ?? field) : undefined;
    if (own !== undefined) return { text: own, isOwn: true };
    const text = tMaybe(`message.variable.${name}`) ?? tMaybe(`field.${field}`) ?? tMaybe(`column.${field}`) ?? field;
    return { text, isOwn: false };
  };
}

/** The same, for where it stands among words of the client. */
export function VariableName({ name }: { name: string }): ReactNode {
  const { text, isOwn } = useVariableName()(name);
  return isOwn ? <bdi>{text}</bdi> : text;
}
