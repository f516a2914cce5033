/** Invented people for the tests of search and order: given and family names in the three scripts of the product. */
export type Script = 'latin' | 'urdu' | 'thai';

const names: Readonly<Record<Script, { given: string; family: string }>> = {
  latin: {
    given: `José, Jose, Josefa, María, Maria, Anaïs, Ana, Andrés, Noël, Noelle, Hélène, Helena, Éloïse, Zoé, Zoe, Ángel,
        Angelo, Ñusta, Jean-Pierre, Jean, Jeanne, Ma. Luisa, Luisito, Chloë, Françoise, Franco, Jürgen, Søren,
        Łucja, Øyvind, maria, DENISE, D'Arcy`,
    family: `dela Cruz, De la Cruz, Delacroix, Dela Peña, Pena, Peña, Peñaflor, Penafrancia, Ibáñez, Ibanez, Núñez,
        Nunez, Ñañez, Côté, Cote, Coté, Côte, Lévêque, Leveque, Levèque, Müller, Muller, Mulligan, O'Brien, Obrien,
        Saint-Exupéry, Saint Clair, Saintonge, Garçon, Garcia, García, Magsaysay, Macapagal, Ng, Nguyễn, Nguyen,
        Œuvrard, Oest, Großmann, Grossman, Ångström, Angara, Žižek, Zizka, Đorđević, Dorado`,
  },
  urdu: {
    given: `پروین, بابر, بلال, تنویر, ٹیپو, ثمینہ, جمیل, چاند, حمید, خالد, داؤد, ڈولی, ذیشان, رابعہ, رؤف, زینب, ژالہ,
        سعد, شازیہ, صائمہ, ضیاء, طارق, ظفر, عائشہ, عَلی, علی, غزالہ, فاطمہ, قاسم, کامران, گلزار, گُلزار, لبنیٰ,
        مریم, نادیہ, وقار, ہما, یاسمین, آمنہ, احمد, اقبال, أسامہ`,
    family: `خان, خٹک, بھٹی, بٹ, پراچہ, تارڑ, ٹوانہ, جتوئی, چودھری, چوہدری, ڈار, راجپوت, راٹھور, زیدی, سیال, شیخ, صدیقی,
        عباسی, غوری, قریشی, کاظمی, کھوکھر, گجر, گیلانی, لغاری, ملک, مرزا, نیازی, ہاشمی, یوسفزئی, آفریدی, انصاری,
        اعوان`,
  },
  thai: {
    given: `นภา, นภาพร, เกศรา, กมล, ขวัญใจ, แก้ว, แก้วตา, ไกรสร, โกวิท, ใจดี, จันทร์เพ็ญ, เจริญ, ฉวีวรรณ, ชัยวัฒน์,
        เชาวลิต, ณัฐพล, ดารุณี, เดชา, ธนา, น้ำผึ้ง, น้ำฝน, บุญมี, เบญจมาศ, ปิยะ, เปรม, พรทิพย์, เพ็ญศรี, ไพศาล,
        มานะ, เมธี, ยุพา, รัตนา, ลำไย, วันเพ็ญ, ศิริพร, สมชาย, โสภา, แสงดาว, หทัย, อรุณ, เอกชัย, โอภาส, ฤดี, กาน,
        ก้าน, ก่าน, ก๊าน`,
    family: `ศรีสุข, ศรีสุขวงศ์, เกษมสุข, แก้วมณี, จันทร์หอม, เจริญพร, ใจงาม, ชัยมงคล, ไชยวงศ์, ทองคำ, เทพสุวรรณ,
        นาคสวัสดิ์, บุญเรือง, ปานทอง, พงษ์ไพบูลย์, เพชรรัตน์, มั่นคง, เมืองแก้ว, ยิ้มแย้ม, รุ่งเรือง, วงศ์สว่าง,
        แสงทอง, สุขใจ, โสภณ, หงษ์ทอง, อ่อนละมัย, เอี่ยมสะอาด`,
  },
};

/** At least 200 full names: every given name alone, and with family names chosen so that each meets several. */
export function fullNames(script: Script): string[] {
  const [given, family] = [names[script].given, names[script].family].map((list) => list.split(/,\s+/)) as [string[], string[]];
  const full = given.flatMap((first, at) => [0, 1, 2, 3, 4, 5].map((step) => `${first} ${family[(at * 3 + step * 7) % family.length]}`));
  return [...new Set([...given, ...family, ...full])];
}
