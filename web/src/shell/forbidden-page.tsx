import { NoPermission } from '../ui/states.tsx';
import { PageHeader } from './page-header.tsx';

/** A screen that the member's role does not open. */
export const ForbiddenPage = ({ title }: { title: string }) => (
  <>
    <PageHeader title={title} />
    <NoPermission />
  </>
);
