import { DatabaseSync } from 'node:sqlite';

/** Whether anything was committed to a database file since it was asked last, told by the file itself: cheap enough to ask after each request. */
export function watchFile(file: string) {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const asked = db.prepare('PRAGMA data_version');
  const version = () => Number(asked.get()?.data_version);
  let last = version();
  return {
    changed(): boolean {
      const now = version();
      const moved = now !== last;
      last = now;
      return moved;
    },
    close: () => db.close(),
  };
}
