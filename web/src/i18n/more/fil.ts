import { calls } from '../calls/fil.ts';
import { campaigns } from '../campaigns/fil.ts';
import { cases } from '../cases/fil.ts';
import { customers } from '../customers/fil.ts';
import { faults } from '../faults/fil.ts';
import { followUps } from '../followups/fil.ts';
import { forms } from '../forms/fil.ts';
import { imports } from '../imports/fil.ts';
import { mail } from '../mail/fil.ts';
import { notifications } from '../notifications/fil.ts';
import { rules } from '../rules/fil.ts';
import { segments } from '../segments/fil.ts';
import { senders } from '../senders/fil.ts';
import { settings } from '../settings/fil.ts';
import { start } from '../start/fil.ts';
import { surveys } from '../surveys/fil.ts';

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
