import {
  CalendarDays,
  ClipboardList,
  FileUp,
  Home,
  Inbox,
  LifeBuoy,
  ListFilter,
  Megaphone,
  Settings,
  Users,
  UsersRound,
  Workflow,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '../auth/me.ts';
import type { MessageKey } from '../i18n/i18n.ts';

export type Destination = {
  to:
    | '/'
    | '/campaigns'
    | '/cases'
    | '/customers'
    | '/follow-ups'
    | '/imports'
    | '/mails'
    | '/rules'
    | '/segments'
    | '/settings'
    | '/surveys'
    | '/team';
  label: MessageKey;
  icon: ReactNode;
  keys: string;
};

/** Where one can go, in the order of the navigation. */
export function useDestinations(): Destination[] {
  const can = useCan();
  const all: (Destination & { show: boolean })[] = [
    { to: '/', label: 'nav.today', icon: <Home />, keys: 'g h', show: true },
    { to: '/customers', label: 'nav.customers', icon: <Users />, keys: 'g c', show: can.any('customers', 'read') },
    { to: '/follow-ups', label: 'nav.followUps', icon: <CalendarDays />, keys: 'g f', show: can.any('followUps', 'read') },
    { to: '/cases', label: 'nav.cases', icon: <LifeBuoy />, keys: 'g k', show: can.any('cases', 'read') },
    { to: '/team', label: 'nav.team', icon: <UsersRound />, keys: 'g t', show: can.any('reports', 'read') },
    { to: '/segments', label: 'nav.segments', icon: <ListFilter />, keys: 'g l', show: can.any('segments', 'read') },
    { to: '/mails', label: 'nav.mails', icon: <Inbox />, keys: 'g m', show: can.any('interactions', 'write') },
    { to: '/rules', label: 'nav.rules', icon: <Workflow />, keys: 'g r', show: can.any('rules', 'read') },
    { to: '/campaigns', label: 'nav.campaigns', icon: <Megaphone />, keys: 'g p', show: can.any('campaigns', 'read') },
    { to: '/surveys', label: 'nav.surveys', icon: <ClipboardList />, keys: 'g q', show: can.any('surveys', 'read') },
    { to: '/imports', label: 'nav.imports', icon: <FileUp />, keys: 'g i', show: can.any('imports', 'read') },
    { to: '/settings', label: 'nav.settings', icon: <Settings />, keys: 'g s', show: true },
  ];
  return all.filter(({ show }) => show);
}
