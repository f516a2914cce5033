import type { Context } from 'aws-lambda';
import { now } from '../kernel/clock.ts';
import { CrmError, problems } from '../kernel/errors.ts';
import { errorFields, log } from '../kernel/log.ts';
import { fieldErrors, type ZodIssue } from '../kernel/reply.ts';
import { OpsRequest, operate } from './ops.ts';

/** What went wrong, for the person at the terminal: the same codes as the API's. */
const shown = ({ code, details }: CrmError) => ({
  problem: {
    code,
    title: problems[code].title,
    ...(details.detail && { detail: details.detail }),
    ...(details.errors && { errors: details.errors }),
  },
});

/** Answers with what was made, or `{ problem }`. Anything unexpected fails the invocation, which the AWS CLI shows as FunctionError. */
export const handler = async (event: unknown, { awsRequestId: requestId }: Pick<Context, 'awsRequestId'>): Promise<object> => {
  const request = OpsRequest.safeParse(event);
  if (!request.success) return shown(new CrmError('invalid_input', { errors: fieldErrors(request.error.issues as ZodIssue[]) }));
  try {
    const answer = await operate(request.data, { now: now(), requestId });
    log('info', 'operator', { requestId, act: request.data.do });
    return answer;
  } catch (error) {
    log(error instanceof CrmError ? 'info' : 'error', 'operator', { requestId, act: request.data.do, ...errorFields(error) });
    if (error instanceof CrmError) return shown(error);
    throw error;
  }
};
