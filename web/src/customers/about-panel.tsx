import { KeyRound } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Section } from '../ui/section.tsx';
import { AboutSection } from './about-section.tsx';
import { ConsentPanel } from './consent-panel.tsx';
import { ContactSection, type Part } from './contact-section.tsx';
import { CustomFields } from './custom-fields.tsx';
import { PreferencesSection } from './preferences-section.tsx';

const GroupsPanel = lazy(() => import('../lists/groups-panel.tsx').then(({ GroupsPanel }) => ({ default: GroupsPanel })));

/** All that is known of a customer, each line its own small form. */
export function AboutPanel({ customer, edit }: Part) {
  return (
    <div className="grid gap-5">
      <ContactSection customer={customer} edit={edit} />
      <AboutSection customer={customer} edit={edit} />
      <CustomFields customer={customer} />
      <PreferencesSection customer={customer} />
      <ConsentPanel customer={customer} />
      <Suspense>
        <GroupsPanel customerId={customer.id} archived={customer.archivedAt !== null} />
      </Suspense>
      <ExternalKeys customer={customer} />
    </div>
  );
}

function ExternalKeys({ customer }: Pick<Part, 'customer'>) {
  const { workspace } = useMe();
  if (customer.externalKeys.length === 0) return null;
  return (
    <Section title={t('about.keys')}>
      <ul className="grid gap-1.5 pb-1 text-sm" aria-label={t('about.keysOf', { workspace: workspace.name })}>
        {customer.externalKeys.map((key) => (
          <li key={`${key.source}#${key.id}`} className="flex items-center gap-2">
            <KeyRound className="size-3.5 shrink-0 text-ink-3" aria-hidden /> <span className="text-ink-3">{key.source}</span>
            <code className="min-w-0 truncate rounded-sm bg-hover px-1.5 text-xs" dir="ltr">
              {key.id}
            </code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
