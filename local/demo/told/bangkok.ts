import { said, type Told } from '../told-shape.ts';

/** Two who share one address, and the one who left and returned. */
export const bangkokTold: Told[] = [
  {
    key: 'napha',
    kind: 'shared-address',
    shop: 'bangkok',
    type: 'person',
    name: 'นภา แสงทอง',
    given: 'นภา',
    family: 'แสงทอง',
    email: 'napha@thibaan.example',
    mobile: '081 000 6612',
    landline: '02 000 6600',
    street: '88/4 ถนนราชวิถี',
    quarter: 4,
    tags: ['bangkok', 'plan'],
    lifecycle: 'active',
    consent: 'all',
    events: said(`
      256 10:25 chat in enquiry none |  | สวัสดีค่ะ บ้านมีเด็กเล็ก อยากได้เครื่องกรองที่ล้างง่าย ตัวไหนดีคะ
      256 11:00 chat out enquiry answered |  | แนะนำ Batis Duo ค่ะ ถอดกระบอกล้างได้ด้วยมือเดียว ติดตั้งฟรีในเขตพญาไท
      251 13:40 visit out service resolved 60m | ติดตั้ง Batis Duo | ติดตั้งในครัวเรียบร้อย คุณนภาลองถอดกระบอกเองแล้ว
      70 09:55 chat out service none |  | ไส้ D-20 ครบหกเดือนแล้วค่ะ ให้ช่างแวะเปลี่ยนวันเสาร์ไหมคะ
      69 17:10 chat in order none |  | ได้ค่ะ สามีอยู่บ้านทั้งวัน โทรเบอร์บ้านได้เลย
    `),
  },
  {
    key: 'somchai',
    kind: 'shared-address',
    shop: 'bangkok',
    type: 'person',
    name: 'สมชาย แสงทอง',
    given: 'สมชาย',
    family: 'แสงทอง',
    mobile: '089 000 6613',
    landline: '02 000 6600',
    street: '88/4 ถนนราชวิถี',
    quarter: 4,
    tags: ['bangkok'],
    lifecycle: 'active',
    consent: 'service',
    events: said(`
      66 10:30 visit out service resolved 30m | เปลี่ยนไส้กรอง | เปลี่ยน D-20 ที่บ้าน คุณสมชายเซ็นรับแทนภรรยา ขอไส้สำรองเพิ่มหนึ่งชิ้น
      65 14:20 order in order none | สั่งซื้อ D-20 | ไส้กรองสำรองหนึ่งชิ้น ส่งที่อยู่เดียวกัน
      20 16:05 call in other answered 3m |  | ได้รับจดหมายข่าวสองฉบับในบ้านเดียว ขอให้ส่งฉบับเดียวก็พอ
    `),
  },
  {
    key: 'siriporn',
    kind: 'closed-and-returned',
    shop: 'bangkok',
    type: 'person',
    name: 'ศิริพร ทองดี',
    given: 'ศิริพร',
    family: 'ทองดี',
    email: 'siriporn.thongdee@chotmai.example',
    mobile: '062 000 9134',
    street: '12 ถนนเจริญกรุง',
    quarter: 0,
    tags: ['bangkok', 'plan', 'won-back'],
    lifecycle: 'active',
    moves: [
      { lifecycle: 'closed', reason: 'ย้ายไปเชียงใหม่ คืนเครื่องแล้ว' },
      { lifecycle: 'active', reason: 'ย้ายกลับกรุงเทพฯ ขอติดตั้งใหม่และต่อแผนเดิม' },
    ],
    consent: 'all',
    events: said(`
      400 10:50 order in order none | สั่งซื้อ Batis Uno | Batis Uno พร้อมแผนไส้กรองหนึ่งปี
      240 15:25 call in other resolved 8m |  | จะย้ายไปเชียงใหม่สิ้นเดือน ขอยกเลิกแผนและคืนเครื่อง
      236 11:30 visit out service resolved 25m | ถอดเครื่อง | ถอดและรับเครื่องคืน คืนเงินส่วนที่เหลือของแผนแล้ว
      26 09:35 chat in enquiry none |  | กลับมาอยู่บางรักแล้วค่ะ ขอเครื่องเดิมกับแผนเดิมได้ไหม
      26 10:10 chat out enquiry answered |  | ยินดีต้อนรับกลับค่ะ ค่าติดตั้งฟรีสำหรับลูกค้าเก่า นัดวันพฤหัสได้เลย
      22 14:00 visit out service resolved 40m | ติดตั้งใหม่ | ติดตั้ง Batis Uno ที่คอนโดใหม่ ต่อแผนหนึ่งปี
    `),
  },
];
