import { languageName } from '../i18n/format.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import type { Option } from '../ui/choice.tsx';

/** What may be chosen for fields of a customer, wherever they are edited or asked for. */

/** Languages that customers are offered to be spoken to in; any other that a record holds is kept. */
const spoken = 'en fr fil ur th ar bn ceb de es hi id it ja ko ms nl pt ru tr vi zh'.split(' ');

export const languageChoices = (held?: string): Option[] =>
  [...new Set([...spoken, ...(held ? [held] : [])])].map((code) => ({ value: code, label: languageName(code) }));

export const channelChoices = (): Option[] => channelList.map((channel) => ({ value: channel, label: channelName(channel) }));

export const memberChoices = (members: readonly { id: string; name: string }[]): Option[] =>
  members.map(({ id, name }) => ({ value: id, label: name }));
