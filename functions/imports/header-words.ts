/**
 * What people call their columns, in English, French, Filipino, Urdu and Thai (and some German and Spanish, for exports of other
 * programs): folded, without blanks and signs.
 */
export type Concept =
  | 'key' | 'kind' | 'name' | 'givenName' | 'familyName' | 'salutation' | 'jobTitle' | 'companyName' | 'contactName' | 'contactTitle' | 'email' | 'email2'
  | 'phone' | 'mobile' | 'fax' | 'street' | 'street2' | 'city' | 'region' | 'postalCode' | 'country' | 'language' | 'timeZone' | 'lifecycle' | 'tags' | 'owner'
  | 'occurredAt' | 'time' | 'channel' | 'direction' | 'reason' | 'subject' | 'detail' | 'body' | 'outcome' | 'duration' | 'answeredAt' | 'member' | 'recordKey';

export const headerWords: Readonly<Record<Concept, readonly string[]>> = {
  key: ['key', 'customer id', 'customerid', 'client id', 'account id', 'account number', 'customer number', 'customer no', 'customer code', 'contact id', 'external id', 'supplier id', 'id', 'numéro client', 'code client', 'identifiant', 'numero ng kustomer', 'کسٹمر نمبر', 'گاہک نمبر', 'شناخت', 'รหัสลูกค้า', 'เลขที่ลูกค้า', 'รหัส', 'kundennummer', 'número de cliente'],
  kind: ['kind', 'customer kind', 'customer type', 'type of customer', 'type de client', 'uri', 'قسم', 'ประเภท', 'ประเภทลูกค้า'],
  name: ['name', 'full name', 'customer', 'customer name', 'client', 'client name', 'display name', 'nom complet', 'nom du client', 'pangalan', 'buong pangalan', 'نام', 'پورا نام', 'ชื่อ', 'ชื่อ-นามสกุล', 'ชื่อและนามสกุล', 'ชื่อลูกค้า', 'nombre completo'],
  givenName: ['first name', 'given name', 'forename', 'prénom', 'unang pangalan', 'پہلا نام', 'ชื่อจริง', 'ชื่อต้น', 'vorname', 'nombre'],
  familyName: ['last name', 'family name', 'surname', 'nom de famille', 'nom', 'apelyido', 'خاندانی نام', 'آخری نام', 'นามสกุล', 'nachname', 'apellido', 'apellidos'],
  salutation: ['salutation', 'title prefix', 'honorific', 'civilité', 'titulo ng pangalan', 'لقب', 'คำนำหน้า', 'คำนำหน้าชื่อ', 'anrede'],
  jobTitle: ['job title', 'title', 'position', 'role', 'function', 'fonction', 'poste', 'posisyon', 'katungkulan', 'عہدہ', 'ตำแหน่ง', 'ตำแหน่งงาน', 'cargo', 'puesto'],
  companyName: ['company', 'company name', 'organisation', 'organization', 'account', 'account name', 'business name', 'firm', 'société', 'entreprise', 'raison sociale', 'kumpanya', 'kompanya', 'pangalan ng kumpanya', 'کمپنی', 'کمپنی کا نام', 'ادارہ', 'บริษัท', 'ชื่อบริษัท', 'firma', 'empresa'],
  contactName: ['contact name', 'contact', 'contact person', 'nom du contact', 'personne de contact', 'taong makakausap', 'رابطہ', 'رابطے کا نام', 'ผู้ติดต่อ', 'ชื่อผู้ติดต่อ', 'ansprechpartner', 'contacto'],
  contactTitle: ['contact title', 'contact position', 'fonction du contact', 'ตำแหน่งผู้ติดต่อ'],
  email: ['email', 'e-mail', 'email address', 'mail', 'primary email', 'work email', 'adresse e-mail', 'adresse mail', 'courriel', 'ای میل', 'อีเมล', 'อีเมล์', 'correo', 'correo electrónico'],
  email2: ['email 2', 'second email', 'secondary email', 'other email', 'personal email', 'autre courriel'],
  phone: ['phone', 'phone number', 'telephone', 'tel', 'tel no', 'business phone', 'work phone', 'office phone', 'téléphone', 'tél', 'telepono', 'numero ng telepono', 'فون', 'فون نمبر', 'ٹیلی فون', 'โทรศัพท์', 'เบอร์โทร', 'เบอร์โทรศัพท์', 'โทร', 'telefon', 'teléfono'],
  mobile: ['mobile', 'mobile phone', 'mobile number', 'cell', 'cell phone', 'cellphone', 'cp number', 'portable', 'téléphone portable', 'selpon', 'موبائل', 'موبائل نمبر', 'มือถือ', 'โทรศัพท์มือถือ', 'เบอร์มือถือ', 'handy', 'móvil', 'celular'],
  fax: ['fax', 'fax number', 'télécopie', 'numéro de fax', 'فیکس', 'แฟกซ์', 'โทรสาร'],
  street: ['street', 'address', 'street address', 'address line 1', 'address 1', 'line 1', 'adresse', 'rue', 'tirahan', 'kalye', 'پتہ', 'گلی', 'ที่อยู่', 'ถนน', 'straße', 'strasse', 'dirección', 'calle'],
  street2: ['address line 2', 'address 2', 'street 2', 'line 2', 'complément d’adresse', "complément d'adresse", 'barangay', 'ที่อยู่ 2'],
  city: ['city', 'town', 'ville', 'lungsod', 'bayan', 'شہر', 'เมือง', 'อำเภอ', 'เขต', 'stadt', 'ort', 'ciudad'],
  region: ['region', 'state', 'province', 'county', 'prefecture', 'région', 'département', 'lalawigan', 'probinsya', 'صوبہ', 'ریاست', 'จังหวัด', 'รัฐ', 'bundesland', 'provincia', 'estado'],
  postalCode: ['postal code', 'postcode', 'zip', 'zip code', 'code postal', 'cp', 'kodigo postal', 'پوسٹل کوڈ', 'ڈاک کوڈ', 'รหัสไปรษณีย์', 'plz', 'postleitzahl', 'código postal'],
  country: ['country', 'country code', 'nation', 'pays', 'bansa', 'ملک', 'ประเทศ', 'land', 'país'],
  language: ['language', 'preferred language', 'langue', 'wika', 'زبان', 'ภาษา', 'sprache', 'idioma'],
  timeZone: ['time zone', 'timezone', 'fuseau horaire', 'เขตเวลา'],
  lifecycle: ['life cycle', 'lifecycle', 'lifecycle stage', 'customer status', 'cycle de vie', 'สถานะลูกค้า'],
  tags: ['tags', 'tag', 'labels', 'groups', 'group', 'categories', 'étiquettes', 'mga tag', 'ٹیگ', 'แท็ก', 'กลุ่ม'],
  owner: ['owner', 'owner email', 'account owner', 'contact owner', 'assigned to', 'salesperson', 'sales rep', 'responsable', 'propriétaire', 'may-ari', 'ذمہ دار', 'ผู้ดูแล', 'เจ้าของ'],
  occurredAt: ['date', 'occurred at', 'date received', 'received', 'when', 'created', 'created at', 'date time', 'datetime', 'date de réception', 'petsa', 'تاریخ', 'วันที่', 'datum', 'fecha'],
  time: ['time', 'heure', 'oras', 'وقت', 'เวลา', 'hora'],
  channel: ['channel', 'submitted via', 'via', 'medium', 'method', 'canal', 'moyen', 'paraan', 'ذریعہ', 'ช่องทาง', 'kanal'],
  direction: ['direction', 'in out', 'sens', 'direksyon', 'سمت', 'ทิศทาง'],
  reason: ['reason', 'interaction type', 'type', 'motif', 'raison', 'dahilan', 'وجہ', 'เหตุผล', 'grund', 'motivo'],
  subject: ['subject', 'issue', 'summary', 'topic', 'headline', 'objet', 'sujet', 'paksa', 'موضوع', 'หัวข้อ', 'เรื่อง', 'betreff', 'asunto'],
  detail: ['product', 'sub product', 'sub issue', 'company response to consumer', 'company public response', 'produit', 'produkto', 'مصنوعات', 'สินค้า'],
  body: ['body', 'note', 'notes', 'description', 'text', 'message', 'comment', 'comments', 'details', 'consumer complaint narrative', 'narrative', 'remarque', 'commentaire', 'mga tala', 'نوٹ', 'تفصیل', 'รายละเอียด', 'หมายเหตุ', 'บันทึก', 'notiz'],
  outcome: ['outcome', 'result', 'disposition', 'résultat', 'resulta', 'نتیجہ', 'ผลลัพธ์', 'ergebnis'],
  duration: ['duration', 'duration seconds', 'seconds', 'durée', 'tagal', 'دورانیہ', 'ระยะเวลา', 'dauer'],
  answeredAt: ['answered at', 'answered', 'replied at', 'date answered', 'répondu le', 'ตอบเมื่อ'],
  member: ['member', 'agent', 'user', 'employee', 'handled by', 'logged by', 'conseiller', 'kawani', 'رکن', 'พนักงาน'],
  recordKey: ['complaint id', 'ticket id', 'case id', 'interaction id', 'activity id', 'reference', 'reference number', 'call id', 'numéro de dossier', 'หมายเลขอ้างอิง'],
};
