import { hashOf, ulidOf } from '../kernel/ids.ts';
import { defineEntity, type Key } from '../table/entity.ts';
import { Response } from './response.ts';

const names = {
  customerId: 'c',
  ownerId: 'o',
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
export type ResponseKey = { surveyId: string; surveyVersion: number; id: string };

/** The id of the response of an invitation. */
export const responseIdOf = (invitationId: string) => `rsp_${ulidOf(invitationId)}`;

const shardOf = (ulid: string) => (Buffer.from(hashOf(ulid, 4), 'base64url')[0] ?? 0) % responseShards;

/** The partitions of one version of a survey; a report reads them all. */
export const responsePartitions = (tenant: string, { surveyId, surveyVersion }: Omit<ResponseKey, 'id'>): string[] =>
  Array.from({ length: responseShards }, (_, shard) => `T#${tenant}#SURVEY#${surveyId}#${surveyVersion}#R${shard}`);

const key = (tenant: string, { id, ...survey }: ResponseKey): Key => ({
  pk: responsePartitions(tenant, survey)[shardOf(ulidOf(id))] as string,
  sk: ulidOf(id),
});

const inKey = ({ pk, sk }: Key): ResponseKey => {
  const [, , , surveyId = '', version] = pk.split('#');
  return { surveyId, surveyVersion: Number(version), id: `rsp_${sk}` };
};

const stored = {
  schema: Response,
  names,
  key,
  fromKey: { fields: ['id', 'surveyId', 'surveyVersion'] as const, read: inKey },
};

/** pk T#<tenant>#SURVEY#<survey>#<version>#R<0..15>  sk <invitation>     what was said, once: the invitation is the key */
export const responseEntity = defineEntity<Response, ResponseKey>({ ...stored, type: 'response' });

/** The same row while it is partial: it wakes nobody, and becomes a source row when it is completed. */
export const partialResponseEntity = defineEntity<Response, ResponseKey>({ ...stored, type: 'partialResponse', silent: true, whole: true });
