import { type Resource, type Role, roles, roleTable, type Scope } from '../../../functions/admin/roles.ts';
import type { Verb } from '../../../functions/kernel/route.ts';
import { useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';

const verbs: Verb[] = ['read', 'write', 'delete', 'export', 'approve'];
const shown: Resource[] = [
  ...(['customers', 'interactions', 'followUps', 'cases', 'segments', 'campaigns', 'surveys', 'rules', 'reports', 'imports'] as const),
  ...(['members', 'keys', 'settings', 'audit'] as const),
];
const tones: Record<Scope, Tone> = { all: 'brand', team: 'sky', own: 'mango', shared: 'plum', none: 'plain' };

/** Who may do what, and with whose records. One card a role, so that it can be read on a phone too. */
export function RolesSettings() {
  const { member } = useMe();
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-ink-2">{t('roles.lead')}</p>
      <ul className="flex flex-wrap gap-x-4 gap-y-2 text-sm text-ink-2" aria-label={t('roles.legend')}>
        {(['all', 'team', 'own', 'shared'] as const).map((scope) => (
          <li key={scope} className="flex items-center gap-2">
            <Badge tone={tones[scope]}>{t(`scope.${scope}`)}</Badge> {t(`scope.${scope}.lead`)}
          </li>
        ))}
      </ul>
      <div className="grid gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {roles.map((role) => (
          <RoleCard key={role} role={role} mine={role === member.role} />
        ))}
      </div>
    </div>
  );
}

/** Approving is a right over campaigns alone, and is said in words. */
const columns = verbs.filter((verb) => verb !== 'approve');

function RoleCard({ role, mine }: { role: Role; mine: boolean }) {
  const rows = shown.filter((resource) => roleTable[role][resource]);
  return (
    <section
      className={cx('min-w-0 rounded-xl border bg-surface p-4 shadow-sm', mine ? 'border-brand' : 'border-line')}
      aria-labelledby={`role-${role}`}
    >
      <h2 id={`role-${role}`} className="flex items-center gap-2 text-base">
        {t(`role.${role}`)} {mine && <Badge tone="brand">{t('members.you')}</Badge>}
      </h2>
      <p className="mb-2 text-sm text-ink-3">{t(`role.${role}.lead`)}</p>
      <table className="w-full text-xs sm:text-sm">
        <thead>
          <tr className="text-ink-3">
            <th scope="col" className="sr-only">
              {t('roles.resource')}
            </th>
            {columns.map((verb) => (
              <th key={verb} scope="col" className="px-0.5 pb-1 text-start text-[0.6875rem] font-medium sm:px-1 sm:text-xs">
                {t(`verb.${verb}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((resource) => (
            <tr key={resource} className="border-t border-line">
              <th scope="row" className="py-1.5 pe-2 text-start font-medium">
                {t(`resource.${resource as 'customers'}`)}
              </th>
              {columns.map((verb) => {
                const scope = roleTable[role][resource]?.[verb] ?? 'none';
                return (
                  <td key={verb} className="px-0.5 py-1.5 sm:px-1">
                    {scope === 'none' ? <span className="text-ink-3">–</span> : <Badge tone={tones[scope]}>{t(`scope.${scope}`)}</Badge>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {roleTable[role].campaigns?.approve && <p className="pt-2 text-sm text-ink-2">{t('roles.approves')}</p>}
    </section>
  );
}
