import { t } from '../i18n/i18n.ts';
import { Button } from './button.tsx';

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** Asks for the next page of a list, where there is one. */
export function ShowMore({ of, look = 'secondary', className }: { of: Paged; look?: 'secondary' | 'ghost'; className?: string }) {
  if (!of.hasNextPage) return null;
  return (
    <Button look={look} className={className} busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
      {t('common.more')}
    </Button>
  );
}
