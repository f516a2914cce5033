import { describe, expect, it } from 'vitest';
import {
  type CustomField,
  customErrors,
  FieldInput,
  newWorkspace,
  shownCustom,
  shownWorkspace,
  Workspace,
  WorkspacePatch,
  withChangedField,
  withField,
  withoutField,
} from '../../functions/admin/workspace.ts';

const now = '2026-11-22T04:00:00.000Z';
const field = (key: string, kind: CustomField['kind'] = 'text', choices: string[] = []) =>
  FieldInput.parse({ key, label: key, kind, choices });
const fields = withField(withField([], field('since', 'date')), field('tier', 'choice', ['gold', 'silver']));

describe('custom fields', () => {
  it('hold what fits their kind, and name every value that does not', () => {
    const all = withField(withField(fields, field('note')), field('seats', 'number'));
    const good = { since: '2026-02-28', tier: 'gold', note: 'x', seats: 4 };
    expect(customErrors(good, all)).toEqual([]);
    const bad = { since: '2026-02-30', tier: 'tin', note: 4, seats: '4', colour: 'red' };
    expect(customErrors(bad, all).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/custom/since', 'wrong_kind'],
      ['/custom/tier', 'wrong_kind'],
      ['/custom/note', 'wrong_kind'],
      ['/custom/seats', 'wrong_kind'],
      ['/custom/colour', 'unknown_field'],
    ]);
  });

  it('let a customer keep a value that was good once, when another one changes', () => {
    const fewer = withoutField(withChangedField(fields, 'tier', { choices: ['silver'] }), 'since', now);
    const before = { since: '2026-01-01', tier: 'gold' };
    expect(customErrors({ ...before, tier: 'silver' }, fewer, before)).toEqual([]);
    expect(customErrors({ ...before, since: '2026-01-02' }, fewer, before)).toHaveLength(1);
  });

  it('are shown no more once they are removed, nor their values', () => {
    const fewer = withoutField(fields, 'since', now);
    expect(shownCustom({ since: '2026-01-01', tier: 'gold' }, fewer)).toEqual({ tier: 'gold' });
    const workspace = { ...newWorkspace('demo0001', { name: 'Demo' }, now), fields: fewer };
    expect(shownWorkspace(workspace).fields.map(({ key }) => key)).toEqual(['tier']);
  });

  it('come back only as the kind that their values have', () => {
    const fewer = withoutField(fields, 'since', now);
    expect(() => withField(fewer, field('since', 'text'))).toThrow();
    expect(withField(fewer, field('since', 'date')).find(({ key }) => key === 'since')?.removedAt).toBeNull();
  });

  it('have choices exactly where they are a choice', () => {
    expect(() => withField([], field('tier', 'choice'))).toThrow();
    expect(() => withField([], field('note', 'text', ['a']))).toThrow();
    expect(() => withField([], field('tier', 'choice', ['a', 'a']))).toThrow();
    expect(() => withField(fields, field('tier'))).toThrow();
    expect(() => withChangedField(fields, 'absent', { label: 'x' })).toThrow();
  });

  it('are fifty at most, removed ones not counted', () => {
    let many: CustomField[] = [];
    for (let at = 0; at < 50; at++) many = withField(many, field(`f${at}`));
    expect(() => withField(many, field('one'))).toThrow('50 fields');
    expect(withField(withoutField(many, 'f0', now), field('one'))).toHaveLength(51);
  });

  it('are a hundred at most with the removed ones, so that the row can always be read', () => {
    let many: CustomField[] = [];
    for (let at = 0; at < 100; at++) many = withoutField(withField(many, field(`f${at}`)), `f${at}`, now);
    expect(() => withField(many, field('one'))).toThrow('100 fields');
    expect(withField(many, field('f3'))).toHaveLength(100);
    expect(Workspace.safeParse({ ...newWorkspace('demo0001', { name: 'Demo' }, now), fields: many }).success).toBe(true);
  });
});

describe('the settings of a workspace', () => {
  it.each([
    ['a topic with #', { consentTopics: ['a#b'] }],
    ['the topic that is always there', { consentTopics: ['transactional'] }],
    ['a topic said twice', { consentTopics: ['news', 'news'] }],
    ['an eighth day', { workingDays: [8] }],
    ['a day said twice', { workingDays: [1, 1] }],
    ['a zone that is none', { timeZone: 'Asia/Nowhere' }],
    ['its own id', { id: 'other001' }],
  ])('refuse %s', (_, patch) => {
    expect(WorkspacePatch.safeParse(patch).success).toBe(false);
  });

  it('may have no working day and no topic at all', () => {
    expect(WorkspacePatch.parse({ workingDays: [], consentTopics: [] })).toEqual({ workingDays: [], consentTopics: [] });
  });
});
