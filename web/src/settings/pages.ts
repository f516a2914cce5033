import { useCan } from '../auth/me.ts';
import type { MessageKey } from '../i18n/i18n.ts';

export type SettingsPage = {
  to:
    | '/settings/workspace'
    | '/settings/sending'
    | '/settings/members'
    | '/settings/roles'
    | '/settings/keys'
    | '/settings/senders'
    | '/settings/templates'
    | '/settings/suppressions'
    | '/settings/service-levels'
    | '/settings/forms'
    | '/settings/audit';
  label: MessageKey;
};

/** The pages of the settings that the member's role may see, in their order. */
export function useSettingsPages(): SettingsPage[] {
  const can = useCan();
  const all: (SettingsPage & { show: boolean })[] = [
    { to: '/settings/workspace', label: 'settings.workspace', show: true },
    { to: '/settings/members', label: 'settings.members', show: can.any('members', 'read') },
    { to: '/settings/roles', label: 'settings.roles', show: true },
    { to: '/settings/keys', label: 'settings.keys', show: can.any('keys', 'read') },
    { to: '/settings/sending', label: 'sending.title', show: can.any('settings', 'read') },
    { to: '/settings/senders', label: 'senders.title', show: can.any('campaigns', 'read') },
    { to: '/settings/templates', label: 'template.title', show: can.any('interactions', 'read') },
    { to: '/settings/suppressions', label: 'suppression.title', show: can.any('campaigns', 'read') },
    { to: '/settings/service-levels', label: 'entity.serviceLevels', show: can.any('cases', 'read') },
    { to: '/settings/forms', label: 'forms.title', show: can.any('cases', 'read') },
    { to: '/settings/audit', label: 'settings.audit', show: can.any('audit', 'read') },
  ];
  return all.filter(({ show }) => show);
}
