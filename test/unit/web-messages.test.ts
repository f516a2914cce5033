import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { describe, expect, it } from 'vitest';
import { problems } from '../../functions/kernel/errors.ts';
import { directionOf } from '../../web/src/i18n/direction.ts';
import { messages as enFirst } from '../../web/src/i18n/en.ts';
import { messages as filFirst } from '../../web/src/i18n/fil.ts';
import { messages as frFirst } from '../../web/src/i18n/fr.ts';
import { messages as enMore } from '../../web/src/i18n/more/en.ts';
import { messages as filMore } from '../../web/src/i18n/more/fil.ts';
import { messages as frMore } from '../../web/src/i18n/more/fr.ts';
import { messages as thMore } from '../../web/src/i18n/more/th.ts';
import { messages as urMore } from '../../web/src/i18n/more/ur.ts';
import { messages as enRecords } from '../../web/src/i18n/records/en.ts';
import { messages as filRecords } from '../../web/src/i18n/records/fil.ts';
import { messages as frRecords } from '../../web/src/i18n/records/fr.ts';
import { messages as thRecords } from '../../web/src/i18n/records/th.ts';
import { messages as urRecords } from '../../web/src/i18n/records/ur.ts';
import { messages as thFirst } from '../../web/src/i18n/th.ts';
import { messages as urFirst } from '../../web/src/i18n/ur.ts';

const en = { ...enFirst, ...enRecords, ...enMore };
const catalogues: Record<string, Record<string, string>> = {
  en,
  fr: { ...frFirst, ...frRecords, ...frMore },
  fil: { ...filFirst, ...filRecords, ...filMore },
  ur: { ...urFirst, ...urRecords, ...urMore },
  th: { ...thFirst, ...thRecords, ...thMore },
};

/** The names of the values that a message takes. */
const valuesOf = (message: CompiledMessage | string): string[] =>
  typeof message === 'string'
    ? []
    : message.flatMap((token) =>
        typeof token === 'string'
          ? []
          : [
              ...(token[0] === '#' ? [] : [token[0]]),
              ...(token[2] && typeof token[2] === 'object'
                ? Object.values(token[2] as Record<string, CompiledMessage>).flatMap((inner) =>
                    Array.isArray(inner) ? valuesOf(inner) : [],
                  )
                : []),
            ],
      );

describe.each(Object.entries(catalogues))('the catalogue of %s', (language, messages) => {
  it('has a message for every message of the English one, and no other', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort());
  });

  it('is valid ICU and takes the same values as the English one', () => {
    for (const [key, text] of Object.entries(messages)) {
      const values = new Set(valuesOf(compileMessageOrThrow(text)));
      expect(values, `${language} ${key}`).toEqual(new Set(valuesOf(compileMessageOrThrow(en[key as keyof typeof en]))));
    }
  });

  it('leaves no message empty', () => {
    expect(Object.entries(messages).filter(([, text]) => !text.trim())).toEqual([]);
  });
});

describe('the problems of the API', () => {
  it('each have a sentence in the client', () => {
    expect(Object.keys(problems).filter((code) => !(`problem.${code}` in en))).toEqual([]);
  });
});

describe('what somebody wrote', () => {
  it('is read in the direction of most of its letters, whatever it begins with', () => {
    expect(directionOf('Batis Duo کا نل ٹوٹ گیا، لگے صرف 3 ماہ ہوئے ہیں!')).toBe('rtl');
    expect(directionOf('گلزار ہوٹلز')).toBe('rtl');
    expect(directionOf('Gulzar (گلزار) asks for a price')).toBe('ltr');
    expect(directionOf('42')).toBe('ltr');
  });
});
