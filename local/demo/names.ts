/** Names that fit their country, as written there and in Latin letters for addresses of mail. */
export type Name = readonly [written: string, latin: string];

const same = (words: string): Name[] => words.split(/\s*,\s*/).map((word) => [word, word] as const);
const pairs = (words: string): Name[] =>
  words
    .trim()
    .split(/\s*,\s*/)
    .map((pair) => {
      const [written = '', latin = ''] = pair.split('=');
      return [written, latin] as const;
    });

export interface NamePool {
  given: Name[];
  family: Name[];
}

export const philippine: NamePool = {
  given: same(
    'Maricel, Jonathan, Rowena, Dennis, Liezl, Arnel, Cristina, Reynaldo, Jocelyn, Ferdinand, Analyn, Rodel, Marites, Edgardo, Rosalie, Jayson, Lourdes, Melvin, Evangeline, Rommel, Teresita, Nestor, Imelda, Alvin, Glenda, Ramil, Corazon, Dante, Sheila, Efren, Josephine, Noel, Perla, Crisanto, Divina, Leandro, Nenita, Wilfredo, Amihan, Bayani',
  ),
  family: same(
    'Dela Cruz, Reyes, Mendoza, Aquino, Castillo, Navarro, Pascual, Salvador, Manalo, Dimaculangan, Macaraeg, Tolentino, Soriano, Mercado, Evangelista, Magbanua, Panganiban, Sumulong, Ocampo, Lacson, Abad, Galang, Katigbak, Villareal, Bernardo, Catacutan, Dumlao, Espiritu, Fajardo, Gatdula, Halili, Ibarra, Jacinto, Lualhati, Malonzo, Natividad, Ongpin, Quiambao, Rizalino, Sandoval',
  ),
};

export const pakistani: NamePool = {
  given: pairs(
    'عائشہ=ayesha, فاطمہ=fatima, زینب=zainab, مریم=maryam, حنا=hina, سعدیہ=sadia, نادیہ=nadia, رابعہ=rabia, ماہین=maheen, کرن=kiran, عمران=imran, احمد=ahmad, بلال=bilal, حسن=hassan, عثمان=usman, فیصل=faisal, طارق=tariq, یاسر=yasir, کامران=kamran, وقاص=waqas, شازیہ=shazia, ثمینہ=samina, عدنان=adnan, جنید=junaid, فرحان=farhan, نعیم=naeem, صبا=saba, اقرا=iqra, رضوان=rizwan, شہزاد=shahzad',
  ),
  family: pairs(
    'خان=khan, قریشی=qureshi, صدیقی=siddiqui, ملک=malik, بٹ=butt, چوہدری=chaudhry, شیخ=sheikh, رحمان=rehman, حسین=hussain, فاروقی=farooqi, انصاری=ansari, ہاشمی=hashmi, گیلانی=gilani, مرزا=mirza, راجپوت=rajput, سومرو=soomro, بھٹی=bhatti, میمن=memon, نقوی=naqvi, پیرزادہ=pirzada, لغاری=leghari, جتوئی=jatoi, درانی=durrani, آفریدی=afridi',
  ),
};

export const french: NamePool = {
  given: same(
    'Camille, Julien, Nathalie, Étienne, Sylvie, Mathieu, Élodie, Olivier, Françoise, Benoît, Aurélie, Gérard, Mireille, Romain, Chloé, Sébastien, Odile, Rémi, Agnès, Baptiste, Inès, Cédric, Maëlle, Jérôme, Solène, Gaëtan, Lucie, Hervé, Manon, Raphaël, Brigitte, Loïc, Véronique, Antoine, Noémie, Damien, Zoé, Hugo, Céline, Félix',
  ),
  family: same(
    'Perrin, Chevalier, Rousset, Gauthier, Blanc, Moreau, Lefèvre, Bonnet, Dupuis, Marchand, Faure, Rivière, Collet, Barbier, Giraud, Picard, Renaud, Vidal, Lemoine, Brun, Charpentier, Meunier, Guérin, Masson, Noël, Delorme, Pichon, Besson, Tissot, Vallet, Coste, Royer, Dumont, Aubert, Baron, Clément, Duchêne, Fabre, Girard, Hébert, Jacquet, Laval, Maréchal, Poncet, Reynaud',
  ),
};

export const thai: NamePool = {
  given: pairs(
    'สมศักดิ์=somsak, สุดา=suda, มาลี=malee, ประยุทธ=prayut, วันเพ็ญ=wanpen, อนันต์=anan, จันทร์เพ็ญ=chanpen, กิตติ=kitti, ปิยะ=piya, รัตนา=rattana, วิชัย=wichai, สุนีย์=sunee, ธนา=thana, อรุณี=arunee, ชัยวัฒน์=chaiwat, พรทิพย์=porntip, สมพร=somporn, เกศินี=kesinee, ณรงค์=narong, ดวงใจ=duangjai, เอกชัย=ekkachai, แก้วตา=kaewta, โสภา=sopha, ไพโรจน์=pairoj, ใจดี=jaidee, ศิริชัย=sirichai, นิภา=nipa, อุไร=urai, บุญมี=boonmee, ทวีศักดิ์=taweesak, กัญญา=kanya, ชลธิชา=chonticha, ธีรพงษ์=teerapong, ปาริชาติ=parichart, ภัทร=phat, ยุพา=yupa, ลัดดา=ladda, วรรณา=wanna, สิริ=siri, อภิชาติ=apichart',
  ),
  family: pairs(
    'ศรีวงศ์=sriwong, ทองสุข=thongsuk, บุญเรือง=boonrueang, จิตต์ดี=jitdee, วัฒนกุล=wattanakul, สายทอง=saithong, พูนทรัพย์=poonsap, เจริญผล=charoenphol, แสงจันทร์=saengchan, รุ่งเรือง=rungrueang, ใจงาม=jaingam, คงมั่น=khongman, ศักดิ์สิทธิ์=saksit, พงษ์พานิช=pongpanich, มณีรัตน์=maneerat, อินทร์แก้ว=inkaew, สุขสวัสดิ์=suksawat, วิเศษ=wiset, ชื่นใจ=chuenjai, ดำรงค์=damrong, เพชรดี=petchdee, นาคะ=naka, ปัญญาดี=panyadee, ไทยเจริญ=thaicharoen, เกษมสุข=kasemsuk, โพธิ์ทอง=phothong, ยิ้มแย้ม=yimyaem, ลิ้มเจริญ=limcharoen, หอมหวล=homhuan, อ่อนละมัย=onlamai',
  ),
};

/** Firms: the name, and what stands before `.example` in their addresses. */
export const firms: Record<'manila' | 'karachi' | 'lyon' | 'bangkok', Name[]> = {
  manila: pairs(
    'Cartridge King Water Station=cartridge-king, Kusina ni Aling Nena=aling-nena, Maharlika Dental Clinic=maharlika-dental, Bughaw Laundry=bughaw-laundry, Tala Daycare=tala-daycare, Hotel Mabini=hotel-mabini, Dagat Seafood House=dagat-seafood, Lakambini Spa=lakambini-spa, Batangas Bus Canteen=bus-canteen, Silahis Printing=silahis-printing, Narra Furniture Works=narra-works, Paraiso Bakery=paraiso-bakery, Sampaguita School=sampaguita-school, Bayanihan Gym=bayanihan-gym, Malasakit Pharmacy=malasakit-pharmacy, Agila Security Agency=agila-security, Kapihan sa Kanto=kapihan, Luntian Coworking=luntian, Perlas Pawnshop=perlas, Alon Diving=alon-diving, Amihan Aircon Repair=amihan-aircon, Bituin Events=bituin-events, Dalisay Water Refilling=dalisay-water, Kalye Burger=kalye-burger, Pamilihan Supermart=pamilihan, Sinag Solar Homes=sinag-solar, Tahanan Condo Association=tahanan-condo, Yakal Builders=yakal-builders',
  ),
  karachi: pairs(
    'ساحل کلینک=sahil-clinic, نور سپر اسٹور=noor-store, کراچی چائے خانہ=chai-khana, المدینہ ریسٹورنٹ=almadina, سمندر ٹریولز=samandar-travels, رحمت بیکری=rehmat-bakery, شفا ڈینٹل=shifa-dental, دستک پبلشرز=dastak, ستارہ اسکول=sitara-school, موتی جیولرز=moti-jewellers, سندھ لائبریری=sindh-library, پاک فٹنس=pak-fitness, مہران موٹرز=mehran-motors, چمن نرسری=chaman-nursery, نیلم گیسٹ ہاؤس=neelum-house, اتحاد فارمیسی=ittehad-pharmacy, آفتاب پرنٹرز=aftab-printers, سہارا ٹرسٹ=sahara-trust, کوثر واٹر=kausar-water, ہمراز لیبارٹری=hamraz-lab, زیتون کیٹرنگ=zaitoon',
  ),
  lyon: pairs(
    'Hôtel des Deux Rives=deux-rives, Bouchon Chez Paulette=chez-paulette, Cabinet dentaire Bellecour=dentaire-bellecour, Crèche Les Petits Pas=petits-pas, Boulangerie Tissot=boulangerie-tissot, Atelier Soie & Fils=soie-et-fils, Résidence Les Tilleuls=les-tilleuls, École de la Croix=ecole-croix, Pressing du Rhône=pressing-rhone, Café des Traboules=traboules, Clinique des Cèdres=clinique-cedres, Imprimerie Vaise=imprimerie-vaise, Salle de sport Confluence=sport-confluence, Brasserie du Parc=brasserie-parc, Maison de thé Kiko=the-kiko, Garage Monplaisir=garage-monplaisir, Lycée Ampère-Sud=ampere-sud, Traiteur Guignol=traiteur-guignol, Agence Fourvière=agence-fourviere, Pharmacie des Brotteaux=pharmacie-brotteaux',
  ),
  bangkok: pairs(
    'ร้านอาหารบ้านริมน้ำ=baan-rimnam, คลินิกทันตกรรมยิ้มสวย=yimsuay-dental, โรงแรมเรือนไทย=ruean-thai, โรงเรียนอนุบาลดอกบัว=dokbua-school, ร้านกาแฟใต้ร่มไม้=tairommai, สปาใบเตย=baitoei-spa, ซักอบรีดสะอาดดี=saaddee, ร้านยาเพื่อนบ้าน=puenbaan, ฟิตเนสแข็งแรง=khaengraeng, โรงพิมพ์ก้าวหน้า=kaona-print, ก๋วยเตี๋ยวเรือลุงชัย=lungchai, สหกรณ์เจ้าพระยา=chaopraya-coop, เกสต์เฮาส์ตลาดพลู=taladplu-house, เบเกอรี่น้ำหวาน=namwan, ออฟฟิศแชร์สีลม=silom-share, อู่รถช่างแดง=changdaeng, คอนโดสายลม=sailom-condo, ศูนย์เด็กเล็กรุ่งอรุณ=rungarun, ร้านน้ำดื่มใสสะอาด=saisaad, ห้องอาหารครัวคุณยาย=krua-khunyai',
  ),
};
