import { hashOf, ulidOf } from '../kernel/ids.ts';
import { defineEntity, type Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { Response } from './response.ts';

const names = {
  customerId: 'c',
  ownerId: 'o',
  caseId: 'cs',
  source: 'so',
  channel: 'ch',
  language: 'l',
  answers: 'an',
  shown: 'sh',
  score: 'sc',
  band: 'b',
  startedAt: 'sa',
  completedAt: 'co',
  tags: 't',
  themeId: 'th',
  archivedAt: 'a',
  kind: 'k',
  campaignId: 'cm',
  occurrence: 'oc',
  ruleId: 'ru',
  memberId: 'me',
  openLinkId: 'ol',
  question: 'q',
  value: 'v1',
} as const;

export const responseShards = 16;
/** The responses of a partition, which holds their history too. */
export const responseRange = startingWith('I#');

export type AskedVersion = { surveyId: string; surveyVersion: number };

/** The id of the response of an invitation. */
export const responseIdOf = ({ surveyId, surveyVersion }: AskedVersion, invitationId: string) =>
  `rsp_${ulidOf(surveyId)}_${surveyVersion}_${ulidOf(invitationId)}`;

/** The survey and version of which a response is. */
export function surveyOfResponse(id: string): AskedVersion {
  const [survey = '', version] = ulidOf(id).split('_');
  return { surveyId: `svy_${survey}`, surveyVersion: Number(version) };
}

const shardOf = (ulid: string) => (Buffer.from(hashOf(ulid, 4), 'base64url')[0] ?? 0) % responseShards;

/** The partitions of one version of a survey; a report reads them all. */
export const responsePartitions = (tenant: string, { surveyId, surveyVersion }: AskedVersion): string[] =>
  Array.from({ length: responseShards }, (_, shard) => `T#${tenant}#SURVEY#${surveyId}#${surveyVersion}#R${shard}`);

const key = (tenant: string, id: string): Key => {
  const ulid = id.slice(id.lastIndexOf('_') + 1);
  return { pk: responsePartitions(tenant, surveyOfResponse(id))[shardOf(ulid)] as string, sk: `I#${ulid}` };
};

function inKey({ pk, sk }: Key): AskedVersion & { id: string } {
  const [, , , surveyId = '', number] = pk.split('#');
  const survey = { surveyId, surveyVersion: Number(number) };
  return { ...survey, id: responseIdOf(survey, `inv_${sk.slice(2)}`) };
}

const stored = {
  schema: Response,
  names,
  key,
  fromKey: { fields: ['id', 'surveyId', 'surveyVersion'] as const, read: inKey },
};

/** pk T#<tenant>#SURVEY#<survey>#<version>#R<0..15>  sk I#<invitation>     what was said, once: the invitation is the key */
export const responseEntity = defineEntity<Response>({ ...stored, type: 'response' });

/** The same row while it is partial: it wakes nobody, and becomes a source row when it is completed. */
export const partialResponseEntity = defineEntity<Response>({ ...stored, type: 'partialResponse', silent: true, whole: true });
