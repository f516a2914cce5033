import { useNavigate } from '@tanstack/react-router';
import {
  CalendarDays,
  CalendarPlus,
  FileUp,
  Home,
  KeyRound,
  Languages,
  ListFilter,
  MessageSquarePlus,
  Moon,
  PhoneCall,
  ScrollText,
  Settings,
  Sun,
  UserPlus,
  Users,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { rememberLanguage } from '../auth/language.ts';
import { useCan } from '../auth/me.ts';
import { configuration } from '../auth/session.ts';
import { currentLanguage, t } from '../i18n/i18n.ts';
import { isLanguage, languages } from '../i18n/languages.ts';
import { openOverlay } from './overlays.ts';
import { chooseTheme } from './theme.ts';

export type Action = { id: string; label: string; icon: ReactNode; keys?: string; also?: string; run: () => void; show: boolean };

/** What can be done from anywhere. `also` are the words other products use for the same thing. */
export function useActions(typed: string): Action[] {
  const can = useCan();
  const navigate = useNavigate();
  const create = can.any('customers', 'write') && can.field('name');
  const actions: Action[] = [
    {
      id: 'log',
      label: t('log.title'),
      icon: <MessageSquarePlus />,
      keys: 'l',
      also: 'activity task call note interaction',
      run: () => openOverlay({ kind: 'log' }),
      show: can.any('interactions', 'write'),
    },
    {
      id: 'create',
      label: typed ? t('palette.createNamed', { name: typed }) : t('create.title'),
      icon: <UserPlus />,
      keys: 'c',
      also: 'new contact account lead',
      run: () => openOverlay({ kind: 'create', name: typed }),
      show: create,
    },
    {
      id: 'followUp',
      label: t('followUp.new'),
      icon: <CalendarPlus />,
      also: 'task reminder todo next step',
      run: () => openOverlay({ kind: 'followUp', start: typed ? { title: typed } : {} }),
      show: can.any('followUps', 'write'),
    },
    {
      id: 'followUps',
      label: t('nav.followUps'),
      icon: <CalendarDays />,
      keys: 'g f',
      also: 'tasks calendar agenda',
      run: () => void navigate({ to: '/follow-ups' }),
      show: can.any('followUps', 'read'),
    },
    {
      id: 'calls',
      label: t('calls.title'),
      icon: <PhoneCall />,
      also: 'call list phone dialer',
      run: () => void navigate({ to: '/calls', search: {} }),
      show: can.any('followUps', 'write') && can.any('interactions', 'write'),
    },
    {
      id: 'team',
      label: t('nav.team'),
      icon: <UsersRound />,
      keys: 'g t',
      also: 'report colleagues activity',
      run: () => void navigate({ to: '/team' }),
      show: can.any('reports', 'read'),
    },
    {
      id: 'start',
      label: t('nav.today'),
      icon: <Home />,
      keys: 'g h',
      also: 'home start queue',
      run: () => void navigate({ to: '/' }),
      show: true,
    },
    {
      id: 'customers',
      label: t('nav.customers'),
      icon: <Users />,
      keys: 'g c',
      also: 'contacts accounts people companies',
      run: () => void navigate({ to: '/customers' }),
      show: can.any('customers', 'read'),
    },
    {
      id: 'segments',
      label: t('segment.shelf'),
      icon: <ListFilter />,
      keys: 'g l',
      also: 'segment list target list audience group',
      run: () => void navigate({ to: '/segments', search: {} }),
      show: can.any('segments', 'read'),
    },
    {
      id: 'imports',
      label: t('nav.imports'),
      icon: <FileUp />,
      keys: 'g i',
      also: 'upload csv excel target list',
      run: () => void navigate({ to: '/imports' }),
      show: can.any('imports', 'read'),
    },
    {
      id: 'settings',
      label: t('nav.settings'),
      icon: <Settings />,
      keys: 'g s',
      also: 'preferences workspace',
      run: () => void navigate({ to: '/settings/workspace' }),
      show: true,
    },
    {
      id: 'members',
      label: t('settings.members'),
      icon: <Users />,
      also: 'users staff team roles',
      run: () => void navigate({ to: '/settings/members' }),
      show: can.any('members', 'read'),
    },
    {
      id: 'keys',
      label: t('settings.keys'),
      icon: <KeyRound />,
      also: 'api token',
      run: () => void navigate({ to: '/settings/keys' }),
      show: can.any('keys', 'read'),
    },
    {
      id: 'audit',
      label: t('settings.audit'),
      icon: <ScrollText />,
      also: 'log history',
      run: () => void navigate({ to: '/settings/audit' }),
      show: can.any('audit', 'read'),
    },
    { id: 'dark', label: t('palette.dark'), icon: <Moon />, also: 'theme', run: () => chooseTheme('dark'), show: true },
    { id: 'light', label: t('palette.light'), icon: <Sun />, also: 'theme', run: () => chooseTheme('light'), show: true },
    ...configuration()
      .languages.filter(isLanguage)
      .filter((language) => language !== currentLanguage())
      .map((language) => ({
        id: `language-${language}`,
        label: languages[language].name,
        icon: <Languages />,
        also: `language langue wika زبان ภาษา ${language}`,
        run: () => void rememberLanguage(language),
        show: true,
      })),
  ];
  return actions.filter(({ show }) => show);
}
