import { Paperclip, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { buttonClass, IconButton } from '../ui/button.tsx';
import { FileInput } from '../ui/file-input.tsx';

const mostFiles = 10;
type Props = { files: File[]; set: (files: File[]) => void };

/** Chooses files to go with what is written. */
export function AttachButton({ files, set }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={buttonClass('ghost')} onClick={() => input.current?.click()}>
        <Paperclip className="size-4" aria-hidden /> {t('log.attach')}
      </button>
      <FileInput ref={input} label={t('log.attach')} multiple onChoose={(chosen) => set([...files, ...chosen].slice(0, mostFiles))} />
    </>
  );
}

/** The files that were chosen; each can be taken off. */
export function ChosenFiles({ files, set, children }: Props & { children?: ReactNode }) {
  if (files.length === 0) return null;
  return (
    <ul className="grid gap-1.5" aria-label={t('field.attachments')}>
      {files.map((file) => (
        <li key={`${file.name}${file.size}`} className="flex items-center gap-2 rounded-md bg-hover ps-3 text-sm">
          <bdi className="min-w-0 grow truncate">{file.name}</bdi>
          <span className="tnum shrink-0 text-ink-3">{formatBytes(file.size)}</span>
          <IconButton label={t('log.detach', { name: file.name })} onClick={() => set(files.filter((each) => each !== file))}>
            <X className="size-4" aria-hidden />
          </IconButton>
        </li>
      ))}
      {children}
    </ul>
  );
}
