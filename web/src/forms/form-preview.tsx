import { useEffect, useRef } from 'react';
import formStyle from '../form-page/form.css?inline';
import { words } from '../form-page/words.ts';
import { writeForm } from '../form-page/write-form.ts';
import { t } from '../i18n/i18n.ts';
import { isLanguage, languages } from '../i18n/languages.ts';
import boxStyle from '../survey-page/form.css?inline';
import { done } from '../ui/toast.tsx';
import type { FormDraft } from './queries.ts';

const sheets = () =>
  [boxStyle, formStyle].map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    return sheet;
  });

/** The form itself, as the public page draws it, apart from the client's own style. Nothing of it is sent. */
export function FormPreview({ draft, language }: { draft: FormDraft; language: string }) {
  const host = useRef<HTMLDivElement>(null);
  const { texts, fallbackLanguage, fields, types } = draft;
  const spoken = isLanguage(language) ? language : 'en';
  useEffect(() => {
    const shadow = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' });
    if (!shadow) return;
    if (shadow.adoptedStyleSheets.length === 0) shadow.adoptedStyleSheets = sheets();
    const form = writeForm({
      ...{ asked: { fields, types }, words: words[spoken], written: {} },
      send: () => done(t('form.previewSent')),
    });
    form.root.lang = language;
    form.root.dir = languages[spoken].dir;
    shadow.replaceChildren(form.root);
  }, [fields, types, spoken, language]);
  const said = texts[language] ?? texts[fallbackLanguage];
  return (
    <div className="grid gap-4" lang={language} dir={languages[spoken].dir}>
      <div className="grid gap-1">
        <p className="text-lg font-semibold" dir="auto">
          {said?.title}
        </p>
        {said?.lead && (
          <p className="whitespace-pre-line" dir="auto">
            {said.lead}
          </p>
        )}
      </div>
      <div ref={host} className="min-w-0" />
    </div>
  );
}
