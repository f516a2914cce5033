import type { FieldError } from '../../../functions/kernel/errors.ts';
import { CrmProblem } from '../api/problem.ts';
import { t, tMaybe } from './i18n.ts';

/** A failure in the reader's language. The API's own words are English, so they are only the last resort. */
export function problemText(error: unknown): string {
  if (!(error instanceof CrmProblem)) return t('problem.internal');
  return tMaybe(`problem.${error.code}`) ?? t('problem.internal');
}

/** One wrong field in the reader's language. */
export const fieldText = (error: FieldError | undefined): string | undefined =>
  error && (tMaybe(`invalid.${error.code}`) ?? t('invalid.other'));
