import { calls } from '../calls/en.ts';
import { campaigns } from '../campaigns/en.ts';
import { cases } from '../cases/en.ts';
import { customers } from '../customers/en.ts';
import { faults } from '../faults/en.ts';
import { followUps } from '../followups/en.ts';
import { forms } from '../forms/en.ts';
import { imports } from '../imports/en.ts';
import { mail } from '../mail/en.ts';
import { notifications } from '../notifications/en.ts';
import { rules } from '../rules/en.ts';
import { segments } from '../segments/en.ts';
import { senders } from '../senders/en.ts';
import { settings } from '../settings/en.ts';
import { start } from '../start/en.ts';
import { surveys } from '../surveys/en.ts';

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
