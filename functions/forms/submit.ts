import { CrmError, type FieldError, invalid } from '../kernel/errors.ts';
import { hashOf } from '../kernel/ids.ts';
import type { Action } from '../table/entity.ts';
import { callerOf, countIt, formRate } from './counts.ts';
import { broughtBy, heldEntity, passKey, spentPass } from './form.entity.ts';
import { languageOf, textsIn } from './form.ts';
import type { HeldReason } from './held.ts';
import { openingOf } from './opening.ts';
import { makePass, type Pass, passMs, readPass } from './pass.ts';
import { mostScore, scoreOf } from './score.ts';
import type { FormThanks, PublicForm } from './shown.ts';
import { Said, type Submission, type SubmissionInput, submissionErrors, submitted } from './submission.ts';
import { tellHeld } from './tell-held.ts';
import type { Visit } from './visit.ts';
import { bitsFor, isDone } from './work.ts';

/** What somebody does on the page of a form: she opens it, and hands in what she wrote, once. */
const tries = 6;
/** From one address in an hour, and to one form in ten minutes: more is asked to come back. */
const mostFromAddress = 60;
const mostAtOnce = 300;

/** The form in her language, with a pass. Reads only: 3 R. */
export async function openForm({ agent, form }: Visit, { language: wanted }: { language?: string | undefined }): Promise<PublicForm> {
  const { tenant, now, newId, workspace } = agent;
  const language = languageOf(form, wanted);
  const { title, lead } = textsIn(form, language);
  const bits = bitsFor(await formRate({ agent, formId: form.id }));
  const { languages, fields, types } = form;
  const pass = await makePass({ tenant, formId: form.id }, { at: now, bits, newId });
  return { workspace: workspace.name, language, languages, title, lead, fields, types, pass, bits };
}

const thanksOf = ({ form }: Visit, { language }: Pick<Submission, 'language'>): FormThanks => ({
  thanks: textsIn(form, languageOf(form, language)).thanks,
});

/** What stands against a pass: not ours, too old, without its work. */
function passErrors(pass: Pass | undefined, input: SubmissionInput, now: number): FieldError[] {
  if (!pass) return [{ pointer: '/pass', code: 'unknown_pass', detail: 'not a pass for this form' }];
  if (pass.at + passMs < now) return [{ pointer: '/pass', code: 'expired', detail: 'this page was open for too long' }];
  const done = isDone(input.pass, { bits: pass.bits, proof: input.proof });
  return done ? [] : [{ pointer: '/proof', code: 'not_done', detail: 'not the number that the pass asks for' }];
}

/** The same sent again is thanked for again; something else needs a pass of its own. */
function again(at: Visit, said: Pick<Submission, 'language'>, { before, bodyHash }: { before: string; bodyHash: string }): FormThanks {
  if (before === bodyHash) return thanksOf(at, said);
  throw invalid('/pass', 'used', 'something else was handed in with this pass');
}

/** Checks all of it, and names every field that is wrong at once. */
function checked({ agent, form }: Visit, input: SubmissionInput, pass: Pass | undefined): { said: Submission; pass: Pass } {
  const said = Said.parse(Object.fromEntries(Object.entries(input).filter(([name]) => name in Said.shape)));
  const errors = [...submissionErrors(form, said), ...passErrors(pass, input, agent.now)];
  if (errors.length > 0 || !pass) throw new CrmError('invalid_input', { errors });
  return { said: submitted(form, said), pass };
}

/** What speaks against it, for which somebody is to look at it first. Counts it. */
async function doubts({ agent, form }: Visit, { said, pass, input, caller }: Handed): Promise<{ score: number; reasons: HeldReason[] }> {
  const came = await countIt({ agent, formId: form.id }, { caller, words: said.words });
  if (came.fromAddress > mostFromAddress || came.rate > mostAtOnce) throw new CrmError('throttled', { headers: { 'Retry-After': '60' } });
  const { score, signs } = scoreOf(said, {
    afterMs: agent.now - pass.at,
    hiddenField: (input.website ?? '') !== '',
    fromAddress: came.fromAddress,
    sameWords: came.sameWords,
  });
  return { score, reasons: signs };
}

type Handed = { said: Submission; pass: Pass; input: SubmissionInput; caller: string | undefined };

/** What is written for it beside the pass: its case, or a row for somebody to look at, of which those who do are told. */
async function outcome(at: Visit, said: Submission, { score, reasons }: { score: number; reasons: HeldReason[] }): Promise<Action[]> {
  const { agent, form } = at;
  if (score <= mostScore) {
    const opened = await openingOf({ ...agent, reaches: async () => true }, { form, said, receivedAt: agent.iso });
    return opened?.actions ?? [];
  }
  const id = agent.newId('sub');
  const held = { id, formId: form.id, formName: form.name, said, reasons, score, receivedAt: agent.iso, version: 1 };
  return [...heldEntity.create(agent.tenant, id, held, agent.stamp), ...(await tellHeld(at))];
}

/**
 * Takes in what somebody wrote: customer, interaction, case and the used pass are one commit, before she is thanked, so that nothing she
 * was thanked for is lost, and the same sent twice is one. What may be spam waits for a member, and is thanked for all the same. 5 R and
 * 3 W to look at it; 4 W more held back, 14 to 20 W as a case.
 */
export async function submit(at: Visit, input: SubmissionInput, forwarded: string | undefined): Promise<FormThanks> {
  const { agent, form } = at;
  const place = { tenant: agent.tenant, formId: form.id };
  const key = passKey(agent.tenant, { formId: form.id, pass: input.pass });
  const bodyHash = hashOf(JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))), 32);
  const pass = await readPass(place, input.pass);
  const before = pass && broughtBy(await agent.table.get(key));
  if (pass && before !== undefined) return again(at, input, { before, bodyHash });
  const { said, pass: good } = checked(at, input, pass);
  const found = await doubts(at, { said, pass: good, input, caller: callerOf(forwarded) });
  // As long as the pass may be sent again, and a day more.
  const used = spentPass(key, { bodyHash, until: Math.floor((good.at + passMs) / 1_000) + 86_400 });
  for (let attempt = 0; attempt < tries; attempt++) {
    const failed = await agent.table.attempt([...(await outcome(at, said, found)), used]);
    if (failed.length === 0) return thanksOf(at, said);
    const first = broughtBy(failed.find(({ action }) => action === used)?.row);
    if (first !== undefined) return again(at, said, { before: first, bodyHash });
    // Somebody has made the same customer in between: she is found now.
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}
