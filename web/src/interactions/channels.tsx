import {
  FileText,
  Globe,
  type LucideIcon,
  Mail,
  MapPin,
  MessageCircle,
  MessageSquareText,
  MoreHorizontal,
  Phone,
  Printer,
  ShoppingBag,
  StickyNote,
} from 'lucide-react';
import type { Channel } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { cx } from '../ui/cx.ts';

type Look = { icon: LucideIcon; tone: string; key: string; direction: 'in' | 'out' | 'none' };

/** Each channel's picture and colour, the key that chooses it, and the direction it usually has. */
export const channelLooks: Record<Channel, Look> = {
  call: { icon: Phone, tone: 'bg-sky-soft text-sky', key: 'c', direction: 'in' },
  email: { icon: Mail, tone: 'bg-plum-soft text-plum', key: 'e', direction: 'out' },
  visit: { icon: MapPin, tone: 'bg-brand-soft text-brand', key: 'v', direction: 'out' },
  chat: { icon: MessageCircle, tone: 'bg-brand-soft text-brand', key: 'h', direction: 'in' },
  sms: { icon: MessageSquareText, tone: 'bg-brand-soft text-brand', key: 's', direction: 'out' },
  note: { icon: StickyNote, tone: 'bg-mango-soft text-mango-ink', key: 'n', direction: 'none' },
  order: { icon: ShoppingBag, tone: 'bg-mango-soft text-mango-ink', key: 'o', direction: 'in' },
  web: { icon: Globe, tone: 'bg-sky-soft text-sky', key: 'w', direction: 'in' },
  fax: { icon: Printer, tone: 'bg-plum-soft text-plum', key: 'f', direction: 'in' },
  letter: { icon: FileText, tone: 'bg-plum-soft text-plum', key: 't', direction: 'in' },
  other: { icon: MoreHorizontal, tone: 'bg-hover text-ink-2', key: 'r', direction: 'none' },
};

export const channelList = Object.keys(channelLooks) as Channel[];

export function ChannelIcon({ channel, className }: { channel: Channel; className?: string }) {
  const { icon: Icon, tone } = channelLooks[channel];
  return (
    <span aria-hidden className={cx('grid size-8 shrink-0 place-items-center rounded-full', tone, className)}>
      <Icon className="size-4" />
    </span>
  );
}

export const channelName = (channel: Channel) => t(`channel.${channel}`);
