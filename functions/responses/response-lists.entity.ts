import { collection } from '../customers/customer.entity.ts';
import { hashOf, ulidAt } from '../kernel/ids.ts';
import { surveyPartition } from '../surveys/survey.entity.ts';
import type { Item } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import type { Response } from './response.ts';

/**
 * Responses in the order in which they were handed in, derived: what names one is the same whoever writes it.
 * pk T#<tenant>#SVY#<survey>     sk AT#<ulid of the time and the response>      rs: which response
 * pk T#<tenant>#CUS#<customer>   sk SVY#<ulid of the time and the response>     rs: which response of hers
 */
export const surveysResponses = startingWith('AT#');
export const customersResponses = startingWith('SVY#');

/** Stands for a response in a ULID. */
export const chanceOf = (responseId: string) => Buffer.from(hashOf(responseId), 'base64url').subarray(0, 10);

/** The rows of a response that was handed in: one where nobody knows who she is, else two. */
export function listedRows(tenant: string, { id, surveyId, customerId, completedAt }: Response): { put: Item }[] {
  if (completedAt === null) return [];
  const ulid = ulidAt(Date.parse(completedAt), chanceOf(id));
  const ofSurvey = { put: { pk: surveyPartition(tenant, surveyId), sk: `AT#${ulid}`, rs: id } };
  return customerId === null ? [ofSurvey] : [ofSurvey, { put: { pk: collection(tenant, customerId), sk: `SVY#${ulid}`, rs: id } }];
}

export const responseIn = ({ rs }: Item): string => String(rs);
