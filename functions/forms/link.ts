import { env } from '../kernel/env.ts';
import { qrSvg } from '../surveys/qr.ts';
import type { Form, FormListRow, FormView } from './form.ts';
import { addressOf } from './visit.ts';

/** Where a form stands on the web. */
type Place = { tenant: string };
const urlOf = ({ tenant }: Place, { id }: Pick<Form, 'id'>): string => `${env().APP_ORIGIN}/p/f/${addressOf(tenant, id)}`;

export function shownForm(place: Place, form: Form): FormView {
  const url = urlOf(place, form);
  return { ...form, url, qr: qrSvg(url) };
}

export const formRow = (place: Place, form: Form): FormListRow => {
  const { id, name, state, languages, types, queue, priority } = form;
  return { id, name, state, languages, types, queue, priority, url: urlOf(place, form) };
};
