import { calls } from '../calls/fr.ts';
import { campaigns } from '../campaigns/fr.ts';
import { cases } from '../cases/fr.ts';
import { customers } from '../customers/fr.ts';
import { faults } from '../faults/fr.ts';
import { followUps } from '../followups/fr.ts';
import { forms } from '../forms/fr.ts';
import { imports } from '../imports/fr.ts';
import { mail } from '../mail/fr.ts';
import { notifications } from '../notifications/fr.ts';
import { rules } from '../rules/fr.ts';
import { segments } from '../segments/fr.ts';
import { senders } from '../senders/fr.ts';
import { settings } from '../settings/fr.ts';
import { start } from '../start/fr.ts';
import { surveys } from '../surveys/fr.ts';

/** What the screens say; it comes with them (`router.tsx`), so that signing in and the shell need not wait for it. */
export const messages = {
  ...calls,
  ...campaigns,
  ...cases,
  ...customers,
  ...faults,
  ...followUps,
  ...forms,
  ...imports,
  ...mail,
  ...notifications,
  ...rules,
  ...segments,
  ...senders,
  ...settings,
  ...start,
  ...surveys,
};
