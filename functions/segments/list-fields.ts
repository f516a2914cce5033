import type { FieldGroup } from '../kernel/filter.ts';

const pattern = /^list\.(lst_[0-9A-HJKMNP-TV-Z]{26})$/;

/** The list of `list.<id>`, or undefined for another name. */
export const listOf = (field: string): string | undefined => pattern.exec(field)?.[1];
export const listField = (listId: string) => `list.${listId}`;

/** `list.<id>`: since when a customer is on that list; absent where she is not. */
export const listGroup: FieldGroup<unknown> = {
  name: 'list',
  fields: () => ({}),
  named: (name) => {
    const listId = listOf(name);
    return listId === undefined ? undefined : { type: 'date', served: 'lists', at: `lists.${listId}` };
  },
};
