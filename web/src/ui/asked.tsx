import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure, Loading } from './states.tsx';

type Props<T> = { of: UseQueryResult<T>; title: string; rows?: number; children: (data: T) => ReactNode };

/** A record as soon as it is there; until then grey lines, or what went wrong under the title of its kind. */
export function Asked<T>({ of, title, rows = 8, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data);
  if (!of.isError) return <Loading rows={rows} />;
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <Failure error={of.error} retry={() => void of.refetch()} />
    </>
  );
}
