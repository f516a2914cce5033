/** What Batis's own web form says, in the languages of its customers. */
export const writeToUs = {
  en: {
    title: 'Write to Batis',
    lead: 'A leak, a late order, a question about your filter: tell us.',
    thanks: 'We have it. One of us answers within a working day.',
  },
  fr: {
    title: 'Écrivez à Batis',
    lead: 'Une fuite, une commande en retard, une question : dites-le-nous.',
    thanks: 'C’est bien arrivé. L’un de nous répond sous un jour ouvré.',
  },
  fil: {
    title: 'Sumulat sa Batis',
    lead: 'May tagas, huling order, o tanong tungkol sa filter mo? Sabihin sa amin.',
    thanks: 'Natanggap na namin. Sasagot kami sa loob ng isang araw ng trabaho.',
  },
  ur: {
    title: 'بٹس کو لکھیں',
    lead: 'رساؤ، دیر سے آنے والا آرڈر، فلٹر کے بارے میں سوال: ہمیں بتائیں۔',
    thanks: 'ہمیں مل گیا۔ ہم میں سے کوئی ایک کام کے دن میں جواب دے گا۔',
  },
  th: { title: 'เขียนถึงบาติส', lead: 'น้ำรั่ว ของมาช้า หรือมีคำถามเรื่องไส้กรอง บอกเราได้เลย', thanks: 'เราได้รับแล้ว จะตอบภายในหนึ่งวันทำการ' },
};
