/** What a person types, and the key of the customer she wants to see first; null where nobody is to be found. */
export type Search = { ask: string; first: string | null };

const group = (text: string): Search[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [ask = '', first = ''] = line.split('→').map((part) => part.trim());
      return { ask, first: first === 'nobody' ? null : first };
    });

/** The searches that a release must answer, by what they are about. They run over `corpus.ts`, in memory and over HTTP. */
export const searches: Readonly<Record<string, Search[]>> = {
  'the beginning of a word': group(`
    Ana → p2
    ana tru → p1
    anab → p3
    batis → BATIS-1
    luntian ho → LUNTIAN
    soberano → p40
    emparedados → ANATR
    horn → AROUND
  `),
  'accents, with and without': group(`
    constitución → ANATR
    constitucion → ANATR
    CONSTITUCION 3 → p33
    peña → p8
    pena → p8
    PEÑAFLOR → p9
    helene fournier → p16
    Éloise leveque → p17
    nunez → p33
    muller → MULLER
    strassenbau → STRASSE
    wojcik lucja → p25
    nguyen thi → p26
    kjaergard → p24
    yildiz → p28
    oeufs → OEUFS
  `),
  'two words in either order': group(`
    trujillo ana → p1
    santos jose → p37
    jose santos → p7
    jean pierre → p18
    pierre jean → p19
    dela cruz maria → p5
    maria de la cruz → p6
    maria co → p15
    garcia pedro → c30
  `),
  'apostrophes, hyphens and codes': group(`
    o'brien → p30
    o’brien's → OBRIENS
    obrien siobhan → p30
    d’arcy → p20
    hotel d'or → HOTELOR
    saint-exupery → p22
    villanueva cruz → p38
    7-seas → PEARL-7
    batis-1 → BATIS-1
    charo aquino → p13
    3m → THREEM
  `),
  'a phone in its national and international forms': group(`
    0917 555 0123 → p2
    +63 917 555 0123 → p2
    917-555-0123 → p2
    (0917) 5550123 → p2
    639175550123 → p2
    0063 917 5550123 → p2
    0920 555 0104 → p8
    081-555-0123 → t1
    ๐๘๑ ๕๕๕ ๐๑๒๓ → t1
    +66 81 555 0123 → t1
    ۰۳۰۰۵۵۵۰۱۲۳ → u1
    (030) 0074321 → STRASSE
    +49 30 0074321 → STRASSE
    5554729 → ANATR
    555-4729 → ANATR
    917 555 9999 → nobody
    (5) 555-4729 → ANATR
    santos 0919 → p7
  `),
  'an e-mail, its beginning or its domain': group(`
    ana.trujillo@anatr.example → p1
    helene.four → p16
    jp.macapagal@ → p12
    @merlion.example → p34
    merlion.example → p34
    @batis → BATIS-1
    MDIZON@LUNTIAN.EXAMPLE → p4
  `),
  'Thai without spaces': group(`
    นภา → t2
    นภาพร → t1
    นภาพรศรีสุข → t1
    ศรีสุขวงศ์ → t1
    ศรีสุขวงศ์ นภาพร → t1
    สยามน้ำใส → ABCTH
    บริษัทสยาม → ABCTH
    บริษัท สยาม → ABCTH
    เจ้าพระยา → CHAOPHRAYA
    คุณยาย → KRUATH
    รักเรียน → t5
    เเสงดาว → t7
    น้ํ าเพชร → nobody
    น้ําเพชร → t6
    รุ่งเรือง → t10
    เทคโนโลยี → THAITECH
  `),
  'Urdu in the letters of any keyboard, with and without marks': group(`
    گلزار → u1
    گُلزار → u1
    گلزار علي → u2
    كريم → u10
    یوسفزئی → u9
    هما → u9
    عايشه صديقي → u4
    مصطفي → u15
    ضیا → u11
    فاطمة → u5
    احمد گلزار → u1
    پاني → PAKPANI
    روف → u14
    خان گل → u20
  `),
  'other scripts, and nothing to find': group(`
    민수 → nobody
    김민 → k1
    长城 → BEIJING
    小龙 → k2
    zzyzx → nobody
    a → nobody
    ana fournier → nobody
  `),
};
