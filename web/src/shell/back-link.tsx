import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';

type Props = {
  to: '/campaigns' | '/cases' | '/customers' | '/imports' | '/lists' | '/rules' | '/segments' | '/settings/forms' | '/surveys';
  /** Says that it leads back. */
  label: string;
  /** The title of where it leads. */
  children: string;
};

/** From a record back to the list of its kind. */
export const BackLink = ({ to, label, children }: Props) => (
  <nav className="py-2 lg:pt-0" aria-label={label}>
    <Link to={to} className="hit -ms-1 inline-flex items-center gap-1 rounded-md pe-2 text-sm font-medium text-ink-2 hover:text-ink">
      <ChevronLeft className="size-4 flip-rtl" aria-hidden /> {children}
    </Link>
  </nav>
);
