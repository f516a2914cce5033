import { useNavigate } from '@tanstack/react-router';
import { Bell, CalendarPlus, Languages, MessageSquarePlus, Moon, PhoneCall, Settings, Sun, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { rememberLanguage } from '../auth/language.ts';
import { useCan } from '../auth/me.ts';
import { configuration } from '../auth/session.ts';
import { currentLanguage, type MessageKey, t } from '../i18n/i18n.ts';
import { isLanguage, languages } from '../i18n/languages.ts';
import { type SettingsPage, useSettingsPages } from '../settings/pages.ts';
import { type Destination, useDestinations } from './destinations.tsx';
import { openOverlay } from './overlays.ts';
import { chooseTheme } from './theme.ts';

export type Action = { id: string; label: string; icon: ReactNode; keys?: string; also?: string; run: () => void };

/** The words that other products use for where one can go. */
const elsewhere: Record<Destination['to'] | SettingsPage['to'], string> = {
  '/': 'home start queue',
  '/customers': 'contacts accounts people companies',
  '/follow-ups': 'tasks calendar agenda',
  '/cases': 'tickets complaints support',
  '/team': 'report colleagues activity',
  '/segments': 'segment list target list audience group',
  '/mails': 'inbox e-mail',
  '/rules': 'automation workflow trigger',
  '/campaigns': 'mailing newsletter marketing',
  '/surveys': 'questionnaire feedback nps csat',
  '/imports': 'upload csv excel target list',
  '/settings': 'preferences',
  '/settings/workspace': 'company fields currency',
  '/settings/members': 'users staff team roles',
  '/settings/roles': 'permissions rights',
  '/settings/keys': 'api token',
  '/settings/sending': 'limits quiet hours budget',
  '/settings/senders': 'domain dkim from',
  '/settings/templates': 'text snippet',
  '/settings/suppressions': 'blocked unsubscribed bounce',
  '/settings/service-levels': 'sla working hours holidays',
  '/settings/forms': 'web to case',
  '/settings/audit': 'log history',
};

/** Where the palette says more than the navigation. */
const fuller: Partial<Record<Destination['to'], MessageKey>> = { '/segments': 'segment.shelf' };

/** What can be done from anywhere, and every place that one can go to. `also` are the words other products use for the same thing. */
export function useActions(typed: string): Action[] {
  const can = useCan();
  const places = usePlaces(typed !== '');
  const create = can.any('customers', 'write') && can.field('name');
  const acts: (Action & { show: boolean })[] = [
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
      keys: 'n',
      also: 'task reminder todo next step',
      run: () => openOverlay({ kind: 'followUp', start: typed ? { title: typed } : {} }),
      show: can.any('followUps', 'write'),
    },
  ];
  return [...acts.filter(({ show }) => show), ...places, ...looks()];
}

/** Every screen that the role opens: those of the navigation, those that lie beside it, and, once something is typed, the pages of the settings. */
function usePlaces(withSettings: boolean): Action[] {
  const can = useCan();
  const navigate = useNavigate();
  const beside: Action[] = [
    { id: '/notifications', label: t('told.title'), icon: <Bell />, also: 'alerts', run: () => void navigate({ to: '/notifications' }) },
  ];
  if (can.any('followUps', 'write') && can.any('interactions', 'write'))
    beside.unshift({
      id: '/calls',
      label: t('calls.title'),
      icon: <PhoneCall />,
      also: 'call list phone dialer',
      run: () => void navigate({ to: '/calls', search: {} }),
    });
  const main = useDestinations().map(({ to, label, icon, keys }) => ({
    ...{ id: to, icon, keys },
    label: t(fuller[to] ?? label),
    also: elsewhere[to],
    run: () => void navigate({ to }),
  }));
  const settings = useSettingsPages().map(({ to, label }) => ({
    id: to,
    icon: <Settings />,
    label: `${t('nav.settings')} · ${t(label)}`,
    also: elsewhere[to],
    run: () => void navigate({ to }),
  }));
  return [...main, ...beside, ...(withSettings ? settings : [])];
}

/** Colours and languages. */
const looks = (): Action[] => [
  { id: 'dark', label: t('palette.dark'), icon: <Moon />, also: 'theme', run: () => chooseTheme('dark') },
  { id: 'light', label: t('palette.light'), icon: <Sun />, also: 'theme', run: () => chooseTheme('light') },
  ...configuration()
    .languages.filter(isLanguage)
    .filter((language) => language !== currentLanguage())
    .map((language) => ({
      id: `language-${language}`,
      label: languages[language].name,
      icon: <Languages />,
      also: `language langue wika زبان ภาษา ${language}`,
      run: () => void rememberLanguage(language),
    })),
];
