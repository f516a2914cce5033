import { CustomerInput } from '../../functions/customers/customer.ts';

/**
 * Some 150 invented customers in three scripts, for the searches of `searches.ts`. One a line:
 * key | name | e-mail | phones | company (its key) | street | town | country; a key that begins with a capital is a company's.
 * The key is the external id of source `corpus`, by which a test tells who was found.
 */
const lines = `
BATIS-1 | Batis Water Services Inc | hello@batis.example | +63 2 8555 0100 | | 12 Mabini Street | Manila | PH
LUNTIAN | Luntian Hotel and Resort Corp | desk@luntian.example | +63 2 8555 0111 | | 88 Roxas Boulevard | Pasay | PH
BAHAY | Bahay Kubo Café | order@bahaykubo.example | 0918 555 0170 | | 4 Katipunan Avenue | Quezon City | PH
TINAPAY | Panadería de Molo | molo@tinapay.example | (033) 555 0121 | | Calle Real 7 | Iloilo | PH
PEARL-7 | 7-Seas Dive Shop | dive@7seas.example | +63 38 555 0122 | | Alona Beach Road | Panglao | PH
ESKWELA | Colegio de San Andrés | info@sanandres.example | +63 47 555 0123 | | Rizal Highway 15 | Olongapo | PH
FONTAINE | Fontaine & Fils SARL | contact@fontaine.example | +33 1 99 00 12 34 | | 18 rue de la République | Lyon | FR
HOTELOR | L'Hôtel d'Or | reservation@hoteldor.example | 04 99 00 45 67 | | 3 quai Saint-Vincent | Lyon | FR
CREPE | Crêperie Bretonne Le Goff | legoff@creperie.example | +33 2 99 00 11 22 | | 9 place Sainte-Anne | Rennes | FR
OEUFS | Aux Œufs Frais | oeufs@auxoeufs.example | +33 4 99 00 98 76 | | 27 avenue Général-Leclerc | Grenoble | FR
BRULERIE | Brûlerie du Vieux-Port | cafe@brulerie.example | +33 4 99 00 33 44 | | 1 quai du Port | Marseille | FR
STRASSE | Großmann Straßenbau GmbH | bau@grossmann.example | 030-0074321 | | Obere Straße 57 | Berlin | DE
MULLER | Müller & Söhne AG | info@mueller.example | +49 89 0055 0130 | | Marienplatz 4 | München | DE
ANATR | Ana Trujillo Emparedados y helados | | (5) 555-4729, (5) 555-3745 | | Avda. de la Constitución 2222 | México D.F. | MX
NINO | Juguetes El Niño Feliz | ventas@elnino.example | +52 55 5550 0140 | | Paseo de la Reforma 120 | México D.F. | MX
AROUND | Around the Horn | post@horn.example | +44 7700 900111 | | 120 Hanover Sq. | London | GB
OBRIENS | O'Brien's Irish Pub | pint@obriens.example | +44 7700 900222 | | 8 King's Road | London | GB
SAOPAULO | Padaria São João | pao@saojoao.example | +55 11 5550 0150 | | Rua Augusta 900 | São Paulo | BR
THREEM | 3M Solutions Manila | sales@3msolutions.example | +63 2 8555 0133 | | Ayala Avenue 6750 | Makati | PH
ABCTH | บริษัท สยามน้ำใส จำกัด | info@siamnamsai.example | +66 2 555 0160 | | 99 ถนนสุขุมวิท | กรุงเทพมหานคร | TH
CHAOPHRAYA | โรงแรมริมน้ำเจ้าพระยา | front@rimnam.example | +66 2 555 0161 | | 12 ถนนเจริญกรุง | กรุงเทพมหานคร | TH
KRUATH | ครัวคุณยาย | krua@khunyai.example | 081 555 0162 | | 5 ถนนนิมมานเหมินท์ | เชียงใหม่ | TH
RONGRIAN | โรงเรียนบ้านสวน | school@bansuan.example | +66 38 555 163 | | 7 ถนนพระยาสัจจา | ชลบุรี | TH
THAITECH | บริษัทไทยเทคโนโลยีจำกัด (มหาชน) | ir@thaitech.example | +66 2 555 0164 | | 1 ถนนวิภาวดีรังสิต | กรุงเทพมหานคร | TH
GULSHAN | گلشن ہوٹل | gulshan@hotel-gulshan.example | +92 21 5550 0170 | | شاہراہ فیصل 14 | کراچی | PK
PAKPANI | پاک پانی لمیٹڈ | info@pakpani.example | +92 21 5550 0171 | | ایم اے جناح روڈ | کراچی | PK
CHAI | چائے خانہ | chai@chaikhana.example | 0300 5550172 | | فوڈ اسٹریٹ 3 | لاہور | PK
KITAB | کتاب گھر | books@kitabghar.example | +92 42 5550 0173 | | مال روڈ 21 | لاہور | PK
SHIFA | شفا ہسپتال | care@shifa.example | +92 51 5550 0174 | | بلیو ایریا | اسلام آباد | PK
KOREA | 한강 무역 | trade@hangang.example | +82 2 5550 0180 | | 세종대로 110 | 서울 | KR
BEIJING | 北京长城电影公司 | film@changcheng.example | +86 10 5550 0181 | | 建国路 88 | 北京 | CN
p1 | Ana Trujillo | ana.trujillo@anatr.example | +52 55 5550 0141 | ANATR | Calle Madero 18 | México D.F. | MX
p2 | Ana Reyes | ana@reyes.example | +63 917 555 0123 | BATIS-1 | 5 Mabini Street | Manila | PH
p3 | Anabel Lopez | anabel.lopez@gmail.com | +63 917 555 0199 | | 17 Bonifacio Drive | Taguig | PH
p4 | Mariana Dizon | mdizon@luntian.example | 0917-555-0145 | LUNTIAN | 21 Leveriza Street | Pasay | PH
p5 | Maria dela Cruz | maria.delacruz@gmail.com | +63 918 555 0101 | | 3 Narra Street | Quezon City | PH
p6 | María de la Cruz Santos | maria@cruzsantos.example | (0918) 5550102 | | 41 Acacia Lane | Makati | PH
p7 | Jose Santos | jose.santos@batis.example | 0919 555 0103 | BATIS-1 | 8 Sampaguita Street | Manila | PH
p8 | José Peña | jpena@bahaykubo.example | +63 (0)920 555 0104 | BAHAY | 19 Ilang-Ilang Street | Quezon City | PH
p9 | Josefa Peñaflor | josefa@penaflor.example | 0921 555 0105 | | Barangay Masagana | Iloilo | PH
p10 | Luis Ibáñez Magsaysay | luis.ibanez@sanandres.example | +63 922 555 0106 | ESKWELA | 2 Magsaysay Drive | Olongapo | PH
p11 | Cristina Ng | cristina.ng@3msolutions.example | +63 923 555 0107 | THREEM | 14 Jupiter Street | Makati | PH
p12 | Juan Paolo Macapagal | jp.macapagal@7seas.example | +63 924 555 0108 | PEARL-7 | Poblacion | Panglao | PH
p13 | Rosario "Charo" Aquino | charo@aquino.example | +63 925 555 0109 | | 60 Aguinaldo Highway | Cavite | PH
p14 | Bong Dimaculangan | bong.d@luntian.example | +63 926 555 0110 | LUNTIAN | 9 Harrison Street | Pasay | PH
p15 | Maria Co | maria.co@gmail.com | +63 927 555 0111 | | 28 Ongpin Street | Manila | PH
p16 | Hélène Fournier | helene.fournier@fontaine.example | 06 39 98 12 34 | FONTAINE | 5 rue Mercière | Lyon | FR
p17 | Éloïse Lévêque | eloise@hoteldor.example | +33 6 39 98 22 33 | HOTELOR | 11 montée Saint-Barthélemy | Lyon | FR
p18 | Jean-Pierre Côté | jp.cote@creperie.example | +33 6 39 98 44 55 | CREPE | 2 rue d'Antrain | Rennes | FR
p19 | Pierre Jean | pierre.jean@auxoeufs.example | +33 6 39 98 66 77 | OEUFS | 8 cours Berriat | Grenoble | FR
p20 | Françoise D'Arcy | francoise.darcy@brulerie.example | +33 6 39 98 88 99 | BRULERIE | 30 rue Paradis | Marseille | FR
p21 | Anaïs Noël | anais.noel@orange.fr | 0033 6 39 98 10 20 | | 7 impasse des Lilas | Lyon | FR
p22 | Antoine de Saint-Exupéry | antoine@aeropostale.example | +33 6 39 98 30 40 | | 1 place Bellecour | Lyon | FR
p23 | Zoé Lefèvre | zoe.lefevre@fontaine.example | +33 6 39 98 50 60 | FONTAINE | 22 rue Garibaldi | Lyon | FR
p24 | Søren Kjærgård | soren@kjaergaard.example | +45 20 55 01 50 | | Nørregade 12 | København | DK
p25 | Łucja Wójcik | lucja@wojcik.example | +48 600 555 151 | | ulica Długa 5 | Łódź | PL
p26 | Nguyễn Thị Hạnh | hanh.nguyen@mekong.example | +84 90 555 0152 | | 24 Đường Lê Lợi | Đà Nẵng | VN
p27 | Jürgen Müller | juergen@mueller.example | +49 151 0055 0153 | MULLER | Lindwurmstraße 8 | München | DE
p28 | Işıl Yıldız | isil@yildiz.example | +90 530 555 0154 | | İstiklal Caddesi 40 | İstanbul | TR
p29 | Thomas Hardy | thomas@horn.example | (171) 555-7788 | AROUND | 120 Hanover Sq. | London | GB
p30 | Siobhán O'Brien | siobhan@obriens.example | +44 7700 900333 | OBRIENS | 8 King's Road | London | GB
p31 | João Gonçalves | joao@saojoao.example | +55 11 95550 0155 | SAOPAULO | Rua das Flores 33 | São Paulo | BR
p32 | Anna Trujillano | anna@trujillano.example | +34 600 555 156 | | Calle Mayor 1 | Madrid | ES
p33 | Begoña Núñez | begona.nunez@gmail.com | +34 600 555 157 | | Plaza de la Constitución 3 | Málaga | ES
p34 | Desmond Tan | desmond.tan@merlion.example | +65 8555 0158 | | 80 Robinson Road | Singapore | SG
p35 | Kwame Mensah-Bonsu | kwame@mensah.example | +233 24 555 0159 | | 12 Oxford Street | Accra | GH
p36 | Grace Mensah | grace@akoma.example | +233 24 555 0160 | | 3 Ring Road | Accra | GH
p37 | Santos Jose Rizalino | rizalino@gmail.com | +63 928 555 0112 | | 4 Luna Street | Cebu | PH
p38 | Paz Villanueva-Cruz | paz.cruz@batis.example | +63 929 555 0113 | BATIS-1 | 6 Del Pilar Street | Manila | PH
p39 | Noel Bautista | noel.bautista@gmail.com | +63 930 555 0114 | | 12 Taft Avenue | Manila | PH
p40 | Liza Soberano-Reyes | liza@soberano.example | +63 931 555 0115 | | 33 Session Road | Baguio | PH
u1 | گلزار احمد | gulzar@pakpani.example | 0300 5550123 | PAKPANI | گلشن اقبال بلاک 5 | کراچی | PK
u2 | عَلی گُلزار | ali.gulzar@gmail.com | +92 301 5550124 | | نارتھ ناظم آباد | کراچی | PK
u3 | علی رضا قریشی | ali.raza@kitabghar.example | 0302-5550125 | KITAB | ماڈل ٹاؤن 8 | لاہور | PK
u4 | عائشہ صدیقی | ayesha@shifa.example | +92 303 5550126 | SHIFA | ایف سیون 2 | اسلام آباد | PK
u5 | فاطمہ جناح | fatima@chaikhana.example | +92 304 5550127 | CHAI | انارکلی بازار | لاہور | PK
u6 | پروین شاکر | parveen@shakir.example | +92 305 5550128 | | جی نائن 4 | اسلام آباد | PK
u7 | بلال خان | bilal.khan@gmail.com | +92 306 5550129 | | یونیورسٹی روڈ | پشاور | PK
u8 | زینب خٹک | zainab@khattak.example | +92 307 5550130 | | صدر بازار 10 | پشاور | PK
u9 | ہما یوسفزئی | huma@yousafzai.example | +92 308 5550131 | | مینگورہ روڈ | سوات | PK
u10 | کریم بخش بھٹی | karim@bhatti.example | +92 309 5550132 | | کینٹ ایریا | ملتان | PK
u11 | ضیاء الدین احمد | zia@pakpani.example | +92 310 5550133 | PAKPANI | کلفٹن بلاک 2 | کراچی | PK
u12 | ثمینہ پیرزادہ | samina@pirzada.example | +92 311 5550134 | | گلبرگ 3 | لاہور | PK
u13 | احمد فراز | ahmad.faraz@gmail.com | +92 312 5550135 | | کوہاٹ روڈ | کوہاٹ | PK
u14 | رؤف پاریکھ | rauf@parekh.example | +92 313 5550136 | | برنس روڈ | کراچی | PK
u15 | مصطفیٰ کمال | mustafa@kamal.example | +92 314 5550137 | | لیاری 6 | کراچی | PK
u16 | چوہدری اسلم | aslam@chaudhry.example | +92 315 5550138 | | جی ٹی روڈ | گوجرانوالہ | PK
u17 | ڈاکٹر عبدالسلام | salam@jhang.example | +92 316 5550139 | | ستیانہ روڈ | جھنگ | PK
u18 | ٹیپو سلطان | tipu@sultan.example | +92 317 5550140 | | خالد بن ولید روڈ | کراچی | PK
u19 | نازیہ گل | nazia.gul@hotel-gulshan.example | +92 318 5550141 | GULSHAN | گارڈن ایسٹ | کراچی | PK
u20 | گل خان | gulkhan@gmail.com | +92 319 5550142 | | قصہ خوانی بازار | پشاور | PK
u21 | سید یاسر شاہ | yasir@shah.example | +92 320 5550143 | | مردان روڈ | صوابی | PK
u22 | آمنہ مفتی | amna@mufti.example | +92 321 5550144 | | جوہر ٹاؤن | لاہور | PK
t1 | นภาพร ศรีสุขวงศ์ | napaporn@siamnamsai.example | 081 555 0123 | ABCTH | 45 ซอยอารีย์ | กรุงเทพมหานคร | TH
t2 | นภา แก้วมณี | napa.k@rimnam.example | +66 82 555 0124 | CHAOPHRAYA | 3 ถนนสีลม | กรุงเทพมหานคร | TH
t3 | คุณนภัสสร ใจดี | napat@jaidee.example | +66 83 555 0125 | | 9 ถนนห้วยแก้ว | เชียงใหม่ | TH
t4 | สมชาย เข็มกลัด | somchai@khunyai.example | 084-555-0126 | KRUATH | 6 ถนนท่าแพ | เชียงใหม่ | TH
t5 | สมหญิงรักเรียน | somying@bansuan.example | +66 85 555 0127 | RONGRIAN | 8 ถนนสุขุมวิท | ชลบุรี | TH
t6 | เกศรินทร์ น้ำเพชร | kesarin@thaitech.example | +66 86 555 0128 | THAITECH | 77 ถนนพหลโยธิน | กรุงเทพมหานคร | TH
t7 | แสงดาว ทองคำ | saengdao@thongkham.example | +66 87 555 0129 | | 15 ถนนมิตรภาพ | ขอนแก่น | TH
t8 | ไพศาล บุญเรือง | paisan.b@gmail.com | +66 88 555 0130 | | 4 ถนนรัษฎา | ภูเก็ต | TH
t9 | เพ็ญศรี จันทร์หอม | pensri@chanhom.example | +66 89 555 0131 | | 10 ถนนราชดำเนิน | นครศรีธรรมราช | TH
t10 | อรุณรุ่งเรืองกิจ | arun@rungruang.example | +66 90 555 0132 | | 20 ถนนชยางกูร | อุบลราชธานี | TH
t11 | ฤดี น้ำผึ้ง | rudee@nampueng.example | +66 91 555 0133 | | 2 ถนนแสงชูโต | กาญจนบุรี | TH
t12 | โอภาส วงศ์สว่าง | opas@wongsawang.example | +66 92 555 0134 | | 31 ถนนเพชรเกษม | หัวหิน | TH
t13 | วันเพ็ญ นาคสวัสดิ์ | wanpen@nak.example | +66 93 555 0135 | | 18 ถนนอินทยงยศ | ลำพูน | TH
t14 | Somchai Smith | somchai.smith@gmail.com | +66 94 555 0136 | | 50 Silom Road | Bangkok | TH
t15 | ธนาธร เอกชัย | thanathorn@ekachai.example | +66 95 555 0137 | | 7 ถนนงามวงศ์วาน | นนทบุรี | TH
t16 | พัชรินทร์ ทองสุข | patcharin@thongsuk.example | +66 96 555 0138 | | 24 ถนนประชาชื่น | นนทบุรี | TH
t17 | ใหม่ เมืองแก้ว | mai@mueangkaew.example | +66 97 555 0139 | | 3 ถนนสุเทพ | เชียงใหม่ | TH
t18 | ณัฐพลมั่นคง | nattapon@mankhong.example | +66 98 555 0140 | | 6 ถนนกลางเมือง | ขอนแก่น | TH
k1 | 김민수 | minsu@hangang.example | +82 10 5550 0182 | KOREA | 테헤란로 5 | 서울 | KR
k2 | 李小龙 | xiaolong@changcheng.example | +86 139 5550 0183 | BEIJING | 长安街 1 | 北京 | CN
`;

/** Ordinary names beside the ones that are looked for, so that a search has something to tell apart. */
const given = ['Maria', 'Ramon', 'Luz', 'Pedro', 'Marie', 'Claire', 'Paul', 'Sophie', 'Marcos', 'Elena'];
const family = ['Garcia', 'Mendoza', 'Bernard', 'Castillo', 'Moreau'];
const crowd = given.flatMap((first, at) =>
  family.map((last, next) => {
    const email = `${first}.${last}@crowd${next}.example`.toLowerCase();
    return `c${at}${next} | ${first} ${last} | ${email} | +1 212 555 01${at}${next} | | ${at + 1} Elm Street | Springfield | US`;
  }),
);

export type CorpusCustomer = { key: string; companyKey: string | undefined; input: CustomerInput };

function customerOf(line: string): CorpusCustomer {
  const [key = '', name = '', email = '', phones = '', company = '', street = '', city = '', country = ''] = line
    .split('|')
    .map((part) => part.trim());
  const numbers = phones.split(',').filter(Boolean);
  const input = CustomerInput.parse({
    kind: /^[A-Z]/.test(key) ? 'company' : 'person',
    name,
    emails: email ? [{ address: email, primary: true }] : [],
    phones: numbers.map((number, at) => ({ number: number.trim(), primary: at === 0 })),
    addresses: [{ lines: [street], city, country, primary: true }],
    externalKeys: [{ source: 'corpus', id: key }],
  });
  return { key, companyKey: company || undefined, input };
}

export const corpus: readonly CorpusCustomer[] = [...lines.trim().split('\n'), ...crowd].map(customerOf);
