import { Copy, Download, ExternalLink } from 'lucide-react';
import { t } from '../i18n/i18n.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { done, failed } from '../ui/toast.tsx';
import type { WebForm } from './queries.ts';

const copy = (text: string) =>
  void navigator.clipboard.writeText(text).then(
    () => done(t('form.copied')),
    () => failed(t('problem.internal')),
  );

/** Where a form stands: its address, the same to be printed, and the lines by which another page shows it. */
export function ShareSection({ form }: { form: WebForm }) {
  const { url, qr, state, name } = form;
  const escaped = name.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const lines = `<iframe src="${url}" title="${escaped}" style="inline-size: 100%; block-size: 56rem; border: 0"></iframe>`;
  // A picture only: what it holds is drawn, and nothing of it runs.
  const picture = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(qr)}`;
  return (
    <Section title={t('form.share')}>
      <div className="grid gap-3 py-2">
        {state !== 'published' && <p className="text-sm text-ink-2">{t(state === 'draft' ? 'form.draftHint' : 'form.closedHint')}</p>}
        <div className="flex flex-wrap items-start gap-4">
          <img src={picture} alt={t('form.qr')} className="size-32 shrink-0 rounded-md bg-white" />
          <div className="grid min-w-0 grow basis-52 gap-2">
            <h3 className="text-sm font-medium text-ink-2">{t('form.link')}</h3>
            <code dir="ltr" className="text-xs break-all">
              {url}
            </code>
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => copy(url)}>
                <Copy className="size-4" aria-hidden /> {t('form.copyLink')}
              </Button>
              {state === 'published' && (
                <a href={url} target="_blank" rel="noreferrer" className={buttonClass()}>
                  <ExternalLink className="size-4" aria-hidden /> {t('form.open')}
                </a>
              )}
              <a href={picture} download={`${name}.svg`} className={buttonClass()}>
                <Download className="size-4" aria-hidden /> {t('form.qr')}
              </a>
            </div>
          </div>
        </div>
        <div className="grid gap-2">
          <h3 className="text-sm font-medium text-ink-2">{t('form.embed')}</h3>
          <code dir="ltr" className="text-xs break-all">
            {lines}
          </code>
          <Button className="justify-self-start" onClick={() => copy(lines)}>
            <Copy className="size-4" aria-hidden /> {t('form.copyEmbed')}
          </Button>
        </div>
      </div>
    </Section>
  );
}
