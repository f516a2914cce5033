import type { Server } from 'node:http';
import { CannotStart } from './table-place.ts';

/** Listens on the wished port of 127.0.0.1, or on the next free one unless that very port is wanted. Gives the port. */
export async function openDoor(server: Server, wished: { port: number; exact: boolean }): Promise<number> {
  if (wished.port === 0) {
    await isTaken(server, 0);
    return (server.address() as { port: number }).port;
  }
  for (let port = wished.port; port < wished.port + 100; port++) {
    if (!(await isTaken(server, port))) return port;
    if (wished.exact) throw new CannotStart(`Port ${port} is taken: choose another with SUKI_PORT.`);
  }
  throw new CannotStart(`No port from ${wished.port} on is free: choose one with SUKI_PORT.`);
}

function isTaken(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(true) : reject(error));
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(false);
    });
  });
}
