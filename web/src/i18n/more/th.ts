import { calls } from '../calls/th.ts';
import { campaigns } from '../campaigns/th.ts';
import { cases } from '../cases/th.ts';
import { customers } from '../customers/th.ts';
import { faults } from '../faults/th.ts';
import { followUps } from '../followups/th.ts';
import { forms } from '../forms/th.ts';
import { imports } from '../imports/th.ts';
import { mail } from '../mail/th.ts';
import { notifications } from '../notifications/th.ts';
import { rules } from '../rules/th.ts';
import { segments } from '../segments/th.ts';
import { senders } from '../senders/th.ts';
import { settings } from '../settings/th.ts';
import { start } from '../start/th.ts';
import { surveys } from '../surveys/th.ts';

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
