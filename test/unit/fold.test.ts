import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, pieces, words } from '../../functions/kernel/fold.ts';

const one = (text: string) => expect(fold(text));

describe('folding', () => {
  it('ignores case and accents', () => {
    one('CONSTITUCIÓN').toBe('constitucion');
    one('Nguyễn Đặng Straße Łódź Øst İzmir Işık Œuvre').toBe('nguyen dang strasse lodz ost izmir isik oeuvre');
  });

  it('reads the letters of an Arabic keyboard as the Urdu ones', () => {
    one('علي كريم').toBe(fold('علی کریم'));
    one('فاطمة').toBe(fold('فاطمہ'));
    one('هما').toBe(fold('ہما'));
    one('أسامة').toBe(fold('اسامہ'));
    one('إقبال آمنہ ٱحمد').toBe(fold('اقبال امنہ احمد'));
  });

  it('ignores harakat, tatweel and invisible joiners', () => {
    one('گُلزار').toBe('گلزار');
    one('گلـــزار').toBe('گلزار');
    one('گل\u200cزار\u200f').toBe('گلزار');
  });

  it('reads an Urdu name with and without its hamza or nasal noon', () => {
    one('ضیاء خاں').toBe(fold('ضیا خان'));
    one('رؤف عائشہ').toBe(fold('روف عایشہ'));
  });

  it('keeps the vowels and tones of Thai', () => {
    one('น้ำผึ้ง').toBe('น้ำผึ้ง');
    expect(fold('ก่าน')).not.toBe(fold('ก้าน'));
  });

  it('reads Thai that was typed letter by letter as the same word', () => {
    one('เเสงดาว').toBe('แสงดาว');
    one('น้ํา').toBe('น้ำ');
    one('นํ้า').toBe('น้ำ');
  });

  it('writes the digits of every script in ASCII', () => {
    one('٠٩١٧ ۰۹۱۷ ๐๙๑๗ ០៩១៧ ०९१७ ０９１７ 𝟎𝟗𝟏𝟕').toBe('0917 0917 0917 0917 0917 0917 0917');
  });

  it('keeps voiced kana apart and Hangul whole', () => {
    expect(fold('がく')).not.toBe(fold('かく'));
    one('김민수').toBe('김민수');
  });

  it('changes nothing when it is applied again', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
  });
});

describe('words', () => {
  it('are distinct and in the order of the text', () => {
    expect(words('Avda. de la Constitución, 2222 (AVDA)')).toEqual(['avda', 'de', 'la', 'constitucion', '2222']);
  });

  it('are found with and without what an apostrophe ties to them', () => {
    expect(words("O'Brien")).toEqual(['obrien', 'brien']);
    expect(words('L’Hôtel')).toEqual(words("l'hotel"));
  });

  it('hold a code whole and in parts', () => {
    expect(words('7-Eleven')).toEqual(['7', 'eleven', '7-eleven']);
    expect(words('Jean-Pierre')).toEqual(['jean', 'pierre']);
  });

  it('drop the zeros before a number', () => {
    expect(words('0917 007 0')).toEqual(['917', '07', '0']);
  });

  it('of a script without spaces are joined, whether the writer set a space or not', () => {
    expect(words('นภาพร ศรีสุข')).toEqual(['นภาพรศรีสุข']);
    expect(words('บริษัทABCจำกัด')).toEqual(['บริษัท', 'abc', 'จำกัด']);
  });

  it('fold to themselves', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => words(text).every((word) => fold(word) === word)));
  });
});

describe('pieces', () => {
  it('of a spaced word are the word', () => {
    expect(pieces('constitucion')).toEqual(['constitucion']);
  });

  it('begin at each syllable of a Thai word, and never inside one', () => {
    expect(pieces('นภาพรศรี')).toEqual(['นภาพรศรี', 'ภาพรศรี', 'พรศรี', 'รศรี', 'ศรี', 'รี']);
    expect(pieces('เพ็ญ')).toEqual(['เพ็ญ']);
    expect(pieces('วงศ์')).toEqual(['วงศ์', 'งศ์']);
  });

  it('are at most 8 letters long', () => {
    expect(pieces('李小龙电影公司北京分店').every((piece) => piece.length <= 8)).toBe(true);
  });
});
