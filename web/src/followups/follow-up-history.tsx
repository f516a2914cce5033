import { useInfiniteQuery } from '@tanstack/react-query';
import { Changes } from '../customers/history-tab.tsx';
import { followUpHistoryQuery } from './queries.ts';

/** Who changed what in a follow-up, newest first. */
export const FollowUpHistory = ({ id }: { id: string }) => <Changes history={useInfiniteQuery(followUpHistoryQuery(id))} />;
