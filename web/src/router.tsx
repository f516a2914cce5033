import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { CrmProblem } from './api/problem.ts';
import { customerRoutes } from './routes/customers.ts';
import { dayRoutes } from './routes/day.ts';
import { app, doorRoutes, root } from './routes/frame.ts';
import { outreachRoutes } from './routes/outreach.ts';
import { settingsRoute } from './routes/settings.ts';
import { Failure, Loading } from './ui/states.tsx';

const tree = root.addChildren([...doorRoutes, app.addChildren([...dayRoutes, ...customerRoutes, ...outreachRoutes, settingsRoute])]);

export const makeRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
    defaultNotFoundComponent: () => <Failure error={new CrmProblem('not_found', 404)} />,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
