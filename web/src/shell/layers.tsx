import { lazy, Suspense, useEffect } from 'react';
import { withMore } from '../i18n/i18n.ts';
import { closeOverlay, openOverlay, useOverlay } from './overlays.ts';

const Palette = lazy(async () => ({ default: (await withMore(import('./palette.tsx'))).Palette }));
const Help = lazy(async () => ({ default: (await withMore(import('./help.tsx'))).Help }));
const CreateCustomer = lazy(async () => ({ default: (await withMore(import('../customers/create.tsx'))).CreateCustomer }));
const LogSheet = lazy(async () => ({ default: (await withMore(import('../interactions/log-sheet.tsx'))).LogSheet }));
const MessageDialog = lazy(async () => ({ default: (await withMore(import('../messages/message-dialog.tsx'))).MessageDialog }));
const FollowUpDialog = lazy(async () => ({ default: (await withMore(import('../followups/follow-up-dialog.tsx'))).FollowUpDialog }));

/** What lies over the screen: one at a time, each loaded when it is first opened. */
export function Layers() {
  const overlay = useOverlay();
  useCommandK();
  return (
    <Suspense>
      {overlay?.kind === 'palette' && <Palette onClose={closeOverlay} />}
      {overlay?.kind === 'help' && <Help onClose={closeOverlay} />}
      {overlay?.kind === 'create' && <CreateCustomer onClose={closeOverlay} name={overlay.name} />}
      {overlay?.kind === 'followUp' && <FollowUpDialog onClose={closeOverlay} id={overlay.id} start={overlay.start} />}
      {overlay?.kind === 'message' && overlay.customer && (
        <MessageDialog onClose={closeOverlay} customer={overlay.customer} answers={overlay.answers} onCase={overlay.onCase} />
      )}
      {overlay?.kind === 'log' && <LogSheet onClose={closeOverlay} customer={overlay.customer} channel={overlay.channel} />}
    </Suspense>
  );
}

function useCommandK() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openOverlay({ kind: 'palette' });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
