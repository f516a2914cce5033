import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { Callback } from '../auth/callback.tsx';
import { signedIn } from '../auth/session.ts';
import { SignIn } from '../auth/sign-in.tsx';
import { Shell } from '../shell/shell.tsx';
import { text } from './search.ts';

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string | undefined } => ({ back: text(search.back) }),
  component: SignIn,
});
const callback = createRoute({ getParentRoute: () => root, path: '/auth/callback', component: Callback });

/** The way in. */
export const doorRoutes = [signIn, callback] as const;

/** Everything that is only for whoever is signed in, with the shell around it. */
export const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (!(await signedIn())) throw redirect({ to: '/sign-in', search: { back: location.href === '/' ? undefined : location.href } });
  },
});
