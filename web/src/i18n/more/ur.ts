import { calls } from '../calls/ur.ts';
import { campaigns } from '../campaigns/ur.ts';
import { cases } from '../cases/ur.ts';
import { customers } from '../customers/ur.ts';
import { faults } from '../faults/ur.ts';
import { followUps } from '../followups/ur.ts';
import { forms } from '../forms/ur.ts';
import { imports } from '../imports/ur.ts';
import { mail } from '../mail/ur.ts';
import { notifications } from '../notifications/ur.ts';
import { rules } from '../rules/ur.ts';
import { segments } from '../segments/ur.ts';
import { senders } from '../senders/ur.ts';
import { settings } from '../settings/ur.ts';
import { start } from '../start/ur.ts';
import { surveys } from '../surveys/ur.ts';

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
