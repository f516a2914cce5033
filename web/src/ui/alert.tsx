import type { ReactNode } from 'react';
import { CrmProblem } from '../api/problem.ts';
import { problemText } from '../i18n/problem-text.ts';

/** What went wrong, read out as soon as it is there. */
export const Alert = ({ children }: { children: ReactNode }) =>
  children ? (
    <p role="alert" className="text-sm text-danger">
      {children}
    </p>
  ) : null;

/** Why a form was not taken, unless its fields say it. */
export const FormAlert = ({ error }: { error: Error | null }) => {
  const isOfFields = error instanceof CrmProblem && error.errors.length > 0;
  return <Alert>{error && !isOfFields && problemText(error)}</Alert>;
};
