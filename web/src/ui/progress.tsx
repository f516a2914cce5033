/** How far a job is; without a total it only says that something happens. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const share = total === null ? undefined : total === 0 ? 1 : Math.min(1, done / total);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      className="h-2.5 overflow-hidden rounded-full bg-hover"
    >
      <div
        className={
          share === undefined ? 'skeleton h-full w-full bg-brand!' : 'h-full rounded-full bg-brand transition-[inline-size] duration-500'
        }
        style={{ inlineSize: share === undefined ? undefined : `${share * 100}%` }}
      />
    </div>
  );
}
