import type { Workspace } from '../admin/workspace.ts';
import { hashOf, idFrom, ulidAt } from '../kernel/ids.ts';
import type { TemplateInput } from '../messages/template.ts';

/** What the ready-made rules write to customers: one text each, in five languages. Pure. */
export const askingNames = ['visit', 'closed', 'again'] as const;
export type AskingName = (typeof askingNames)[number];

const languages = ['en', 'fr', 'fil', 'ur', 'th'] as const;
type Said = readonly [subject: string, body: string];
type InAll = readonly [en: Said, fr: Said, fil: Said, ur: Said, th: Said];

const names: Record<AskingName, string> = {
  visit: 'Question after a visit',
  closed: 'Question after a case',
  again: 'Second question after an unhappy answer',
};

const said: Record<AskingName, InAll> = {
  visit: [
    [
      'How was our visit?',
      'Hello {{customer.name}},\n\nWe have been at your place. Would you tell us how it was? It takes less than a minute:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'Comment s’est passée notre visite ?',
      'Bonjour {{customer.name}},\n\nNous sommes passés chez vous. Pouvez-vous nous dire comment cela s’est passé ? Moins d’une minute suffit :\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'Kumusta ang aming pagbisita?',
      'Magandang araw {{customer.name}},\n\nBumisita kami sa inyo. Maaari ba ninyong sabihin kung kumusta ito? Wala pang isang minuto:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'ہماری آمد کیسی رہی؟',
      'السلام علیکم {{customer.name}}،\n\nہم آپ کے ہاں آئے تھے۔ کیا آپ بتائیں گے کہ یہ کیسا رہا؟ ایک منٹ سے بھی کم لگے گا:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'การเข้าพบของเราเป็นอย่างไร',
      'สวัสดี {{customer.name}}\n\nเราได้เข้าพบคุณแล้ว ช่วยบอกเราได้ไหมว่าเป็นอย่างไร ใช้เวลาไม่ถึงหนึ่งนาที:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
  ],
  closed: [
    [
      'Is your matter settled?',
      'Hello {{customer.name}},\n\nWe have closed your matter. Would you tell us how satisfied you are with the way we dealt with it? It takes less than a minute:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'Votre demande est-elle réglée ?',
      'Bonjour {{customer.name}},\n\nNous avons clos votre demande. Pouvez-vous nous dire si vous êtes satisfait de la façon dont nous l’avons traitée ? Moins d’une minute suffit :\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'Nalutas na ba ang inyong usapin?',
      'Magandang araw {{customer.name}},\n\nIsinara na namin ang inyong usapin. Maaari ba ninyong sabihin kung gaano kayo nasiyahan sa aming pag-asikaso? Wala pang isang minuto:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'کیا آپ کا معاملہ حل ہو گیا؟',
      'السلام علیکم {{customer.name}}،\n\nہم نے آپ کا معاملہ بند کر دیا ہے۔ کیا آپ بتائیں گے کہ آپ ہمارے کام سے کتنے مطمئن ہیں؟ ایک منٹ سے بھی کم لگے گا:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'เรื่องของคุณเรียบร้อยแล้วหรือยัง',
      'สวัสดี {{customer.name}}\n\nเราปิดเรื่องของคุณแล้ว ช่วยบอกเราได้ไหมว่าคุณพอใจกับการดูแลของเราเพียงใด ใช้เวลาไม่ถึงหนึ่งนาที:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
  ],
  again: [
    [
      'Are we doing better?',
      'Hello {{customer.name}},\n\nA month ago you told us that you were not happy with us. We have worked on it. Would you tell us whether it has become better? It takes less than a minute, and we will not ask again:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'Faisons-nous mieux ?',
      'Bonjour {{customer.name}},\n\nIl y a un mois, vous nous avez dit que vous n’étiez pas satisfait. Nous y avons travaillé. Pouvez-vous nous dire si cela va mieux ? Moins d’une minute suffit, et nous ne vous le demanderons plus :\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'Mas mabuti na ba kami?',
      'Magandang araw {{customer.name}},\n\nNoong isang buwan, sinabi ninyong hindi kayo nasiyahan sa amin. Inayos namin ito. Maaari ba ninyong sabihin kung bumuti na? Wala pang isang minuto, at hindi na kami magtatanong muli:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'کیا اب ہم بہتر ہیں؟',
      'السلام علیکم {{customer.name}}،\n\nایک مہینہ پہلے آپ نے بتایا تھا کہ آپ ہم سے خوش نہیں۔ ہم نے اس پر کام کیا ہے۔ کیا آپ بتائیں گے کہ اب بہتری آئی ہے؟ ایک منٹ سے بھی کم لگے گا، اور ہم دوبارہ نہیں پوچھیں گے:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
    [
      'ตอนนี้เราดีขึ้นไหม',
      'สวัสดี {{customer.name}}\n\nเมื่อหนึ่งเดือนก่อนคุณบอกเราว่าไม่พอใจ เราได้ปรับปรุงแล้ว ช่วยบอกเราได้ไหมว่าดีขึ้นหรือยัง ใช้เวลาไม่ถึงหนึ่งนาที และเราจะไม่ถามซ้ำอีก:\n{{links.survey}}\n\n{{workspace.name}}',
    ],
  ],
};

/** The text that a ready-made rule writes with, as it is made with the rule. */
export const askingText = (name: AskingName): TemplateInput => ({
  name: names[name],
  channel: 'email',
  texts: Object.fromEntries(
    languages.map((language, at) => {
      const [subject, body] = said[name][at] ?? said[name][0];
      return [language, { subject, body }];
    }),
  ),
});

/** The ids of what a ready-made rule asks by: the same in one workspace whenever they are named. */
export const readyTextId = (tenant: string, name: AskingName) => idFrom('tpl', tenant, 'ready', name);
/** A survey's id says when it was made: these are as old as their workspace. */
export const readySurveyId = ({ id, createdAt }: Pick<Workspace, 'id' | 'createdAt'>, key: string) =>
  `svy_${ulidAt(Date.parse(createdAt), Buffer.from(hashOf(`${id} ready ${key}`), 'base64url').subarray(0, 10))}`;
