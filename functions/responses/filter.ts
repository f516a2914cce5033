import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { fold } from '../kernel/fold.ts';
import { Instant, idOf, Language, text } from '../kernel/values.ts';
import { SegmentId } from '../segments/segment.ts';
import { QuestionKey } from '../surveys/definition.ts';
import { bands, scoredKinds } from '../surveys/logic.ts';
import { InvitationChannel } from './invitation.ts';
import { type Response, waveOf } from './response.ts';

/** Which responses are meant: of the list as of a file of them. Every number of a report opens its rows by this. */
export const ResponsesFilter = z.strictObject({
  archived: z.enum(['true', 'false']).default('false'),
  surveyVersion: z.coerce.number().int().min(1).max(9_999).optional(),
  band: z.enum(bands).optional(),
  /** Counted by a question of this kind: whoever left the main one out is counted by the next that has a scale. */
  scored: z.enum(scoredKinds).optional(),
  language: Language.optional(),
  channel: InvitationChannel.optional(),
  /** `-` for those of nobody. */
  ownerId: z.union([MemberId, z.literal('-')]).optional(),
  /** `<campaign>#<occurrence>`, a rule, or `-`. */
  wave: z.string().max(60).optional(),
  /** Of customers who are in the segment now. */
  segmentId: SegmentId.optional(),
  tag: text(40).optional(),
  themeId: idOf('thm').optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  /** Those who answered it, and with `value` so. */
  question: QuestionKey.optional(),
  value: z.string().max(200).optional(),
  /** Words in what was said in free text, however they are spelt. */
  q: text(100).optional(),
});
export type ResponsesFilter = z.output<typeof ResponsesFilter>;

/** An answer as a report counts it: a consent is yes or no. */
const wordOf = (answer: string | number | boolean) => (typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer));

/** Whether a response is meant, by what it says itself; its segment is not asked. */
export function passesBy(filter: ResponsesFilter): (response: Response) => boolean {
  const words = filter.q === undefined ? undefined : fold(filter.q);
  const says = ({ answers }: Response) =>
    words === undefined || Object.values(answers).some((answer) => typeof answer === 'string' && fold(answer).includes(words));
  const has = ({ answers }: Response) => {
    if (filter.question === undefined) return true;
    const answer = Object.hasOwn(answers, filter.question) ? answers[filter.question] : undefined;
    if (answer === undefined || filter.value === undefined) return answer !== undefined;
    return Array.isArray(answer) ? answer.includes(filter.value) : wordOf(answer) === filter.value;
  };
  return (response) =>
    (response.archivedAt !== null) === (filter.archived === 'true') &&
    (filter.surveyVersion === undefined || response.surveyVersion === filter.surveyVersion) &&
    (filter.band === undefined || response.band === filter.band) &&
    (filter.scored === undefined || response.score?.kind === filter.scored) &&
    (filter.language === undefined || response.language === filter.language) &&
    (filter.channel === undefined || response.channel === filter.channel) &&
    (filter.ownerId === undefined || (response.ownerId ?? '-') === filter.ownerId) &&
    (filter.wave === undefined || waveOf(response) === filter.wave) &&
    (filter.tag === undefined || response.tags.includes(filter.tag)) &&
    (filter.themeId === undefined || response.themeId === filter.themeId) &&
    (filter.from === undefined || (response.completedAt ?? '') >= filter.from) &&
    (filter.to === undefined || (response.completedAt ?? '') < filter.to) &&
    has(response) &&
    says(response);
}
