import { CrmProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { Failure } from '../ui/states.tsx';

/** The page when not even the configuration could be read. */
export function Unreachable() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <title>{t('app.name')}</title>
      <Failure error={new CrmProblem('network', 0)} retry={() => location.reload()} />
    </main>
  );
}
