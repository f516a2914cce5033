import './styles.css';
import '@fontsource-variable/hanken-grotesk';
import './i18n/thai-font.css';
import './i18n/urdu-names.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { CrmProblem } from './api/problem.ts';
import { loadConfig } from './auth/session.ts';
import { activate, currentLanguage, onLanguage, preferredLanguage } from './i18n/i18n.ts';
import { languages } from './i18n/languages.ts';
import { makeRouter } from './router.tsx';
import { Toasts } from './ui/toast.tsx';

/** A session that has ended somewhere else leads to the door, and back to the same screen afterwards. */
function onError(error: unknown): void {
  if (!(error instanceof CrmProblem) || error.code !== 'unauthenticated' || location.pathname === '/sign-in') return;
  const { href } = router.state.location;
  void router.navigate({ to: '/sign-in', search: { back: href === '/' ? undefined : href } });
}

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 4_000,
      retry: (count, error) => count < 2 && error instanceof CrmProblem && error.retryable,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
const router = makeRouter(queryClient);

function App() {
  // Another language draws everything anew; what matters stands in the URL and in the query cache.
  const language = useSyncExternalStore(onLanguage, currentLanguage);
  return (
    <QueryClientProvider client={queryClient} key={language}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  );
}

async function start(): Promise<void> {
  const config = await loadConfig().catch(() => undefined);
  await activate(preferredLanguage(config?.languages ?? Object.keys(languages)));
  const root = document.getElementById('root');
  if (!root) return;
  if (!config) {
    const { Unreachable } = await import('./shell/unreachable.tsx');
    createRoot(root).render(<Unreachable />);
    return;
  }
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
