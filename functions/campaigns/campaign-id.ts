import * as z from 'zod';
import { idOf } from '../kernel/values.ts';

/** What names a campaign and its runs: apart from all that a campaign says, for whoever only names one. Pure. */
export const CampaignId = idOf('cmp');

/** One execution: of which campaign, at which occurrence (`20261201T0100Z`, or `wave-1`). */
export const Occurrence = z.string().regex(/^(\d{8}T\d{4}Z|wave-[1-5])$/, 'an occurrence such as 20261201T0100Z or wave-1');
