import { describe, expect, it } from 'vitest';
import { idFrom } from '../../functions/kernel/ids.ts';
import { offsetAt, wallAt } from '../../functions/kernel/wall-time.ts';
import { digestMail } from '../../functions/notifications/digest-mail.ts';
import { nextDigest } from '../../functions/notifications/digest-time.ts';
import { digestWords } from '../../functions/notifications/digest-words.ts';
import { kindNames } from '../../functions/notifications/kinds.ts';
import { excerptOf, mentionedIn } from '../../functions/notifications/mention.ts';

const hour = 3_600_000;
const day = 24 * hour;
const on = (at: string) => ({ on: true, at });

/** The days around each change of a zone's clock in 2026 to 2030. */
function changesOf(zone: string): number[] {
  const found: number[] = [];
  for (let at = Date.UTC(2026, 0, 1, 12); at < Date.UTC(2031, 0, 1); at += day)
    if (offsetAt(at, zone) !== offsetAt(at + day, zone)) found.push(at);
  return found;
}

describe('the daily mail', () => {
  it('is due once on each local day, at its hour, over every change of every zone’s clock until 2030', { timeout: 60_000 }, () => {
    let changes = 0;
    for (const zone of Intl.supportedValuesOf('timeZone'))
      for (const change of changesOf(zone)) {
        changes += 1;
        for (const at of ['00:00', '00:30', '01:59', '02:30', '03:00', '08:00']) {
          let row: { digest: { on: boolean; at: string }; day: string | null } = { digest: on(at), day: null };
          let now = change - 2 * day;
          const days: string[] = [];
          for (let count = 0; count < 5; count++) {
            const next = nextDigest(row, zone, now);
            expect(next).not.toBeNull();
            expect(Date.parse(next!.at)).toBeGreaterThan(now);
            const shown = wallAt(Date.parse(next!.at), zone);
            // A minute that the clock skips comes when it goes on.
            if (shown.on === next!.day && shown.at < at) throw new Error(`${zone} ${next!.day} ${at} came at ${shown.at}`);
            days.push(next!.day);
            now = Date.parse(next!.at) + 60_000;
            row = { ...row, day: next!.day };
          }
          const expected = days.map((_, count) => new Date(Date.parse(days[0]!) + count * day).toISOString().slice(0, 10));
          expect(days, `${zone} ${at}`).toEqual(expected);
        }
      }
    expect(changes).toBeGreaterThan(500);
  });

  it('does not come a second time on a day when the member moves to another zone', () => {
    const row = { digest: on('08:00'), day: '2026-06-10' };
    expect(nextDigest(row, 'America/Los_Angeles', Date.parse('2026-06-10T09:00:00Z'))?.day).toBe('2026-06-11');
  });

  it('is never due while it is off', () => {
    expect(nextDigest({ digest: { on: false, at: '08:00' }, day: null }, 'Asia/Manila', 0)).toBeNull();
  });

  it('says every kind in every language, and escapes what people typed', () => {
    for (const language of Object.keys(digestWords)) {
      const mail = digestMail({
        ...{ language, name: 'Joy', workspace: 'Batis', url: 'https://suki.example/notifications', more: 3 },
        notifications: kindNames.map((kind) => ({
          kind,
          data: { by: 'Ana', text: '<b>T</b>', title: 'Call & ask', rule: 'R', name: 'N' },
          subject: { type: 'customer', id: 'x', customerId: idFrom('cus', 'a') },
        })),
        customers: new Map([[idFrom('cus', 'a'), 'Ana Trujillo']]),
      });
      expect(mail.text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(kindNames.length + 1);
      expect(mail.subject).toContain(String(kindNames.length + 3));
      expect(mail.html).not.toContain('<b>');
      expect(mail.html).toContain('Call &amp; ask');
      expect(mail.html).toContain(language === 'ur' ? 'dir="rtl"' : 'dir="ltr"');
    }
  });
});

describe('a mention', () => {
  const [ana, ben] = [idFrom('mem', 'ana'), idFrom('mem', 'ben')];

  it('names each member once', () => {
    expect(mentionedIn(`Hi @[Ana](${ana}), ask @[Ben B.](${ben}) and @[Ana](${ana})`)).toEqual([ana, ben]);
  });

  it('is none in what only looks like one', () => {
    for (const text of [null, '@Ana', `@[Ana](${ana.slice(0, -1)})`, `[Ana](${ana})`, '@[](mem_x)', `@[A\nna](${ana})`])
      expect(mentionedIn(text)).toEqual([]);
  });

  it('is quoted by the name alone, on one line and cut', () => {
    expect(excerptOf(`Please\n\n@[Ana](${ana})   call`)).toBe('Please @Ana call');
    expect(excerptOf('x'.repeat(500))).toHaveLength(160);
  });
});
