import { RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Definition } from '../../../functions/surveys/logic.ts';
import { t } from '../i18n/i18n.ts';
import { isLanguage, languages } from '../i18n/languages.ts';
import formStyle from '../survey-page/form.css?inline';
import { type Said, surveyForm } from '../survey-page/form.ts';
import { words } from '../survey-page/words.ts';
import { Button } from '../ui/button.tsx';

type Speaking = { definition: Definition; language: string; fallback: string };

/** The form itself, as the public page draws it, apart from the client's own style. */
export function SurveyForm(props: Speaking & { answers?: Said['answers']; onChange?: (said: Said) => void; onSend: (said: Said) => void }) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const said = useRef<Said['answers']>(props.answers ?? {});
  const { definition, language, fallback } = props;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    if (shadow.adoptedStyleSheets.length === 0) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(formStyle);
      shadow.adoptedStyleSheets = [sheet];
    }
    const form = surveyForm({
      ...{ definition, fallback, language },
      words: words[isLanguage(language) ? language : 'en'],
      answers: said.current,
      changed: (now) => {
        said.current = now.answers;
        latest.current.onChange?.(now);
      },
      send: (now) => latest.current.onSend(now),
    });
    form.root.lang = language;
    form.root.dir = isLanguage(language) ? languages[language].dir : 'ltr';
    shadow.replaceChildren(form.root);
  }, [definition, language, fallback]);
  return <div ref={host} className="min-w-0" lang={language} />;
}

/** What somebody would see. Nothing of it is saved. */
export function Preview({ definition, language, fallback }: Speaking) {
  const [round, setRound] = useState(0);
  const [isDone, setDone] = useState(false);
  const again = () => {
    setDone(false);
    setRound(round + 1);
  };
  const thanks = definition.thanks.texts[language] ?? definition.thanks.texts[fallback];
  return (
    <div className="grid gap-3">
      {isDone ? (
        <div className="grid gap-1" dir="auto" lang={language}>
          <p className="text-lg font-semibold">{thanks?.title || words[isLanguage(language) ? language : 'en'].thanks}</p>
          {thanks?.body && <p className="whitespace-pre-line">{thanks.body}</p>}
        </div>
      ) : (
        <SurveyForm key={round} definition={definition} language={language} fallback={fallback} onSend={() => setDone(true)} />
      )}
      <Button look="ghost" className="justify-self-start" onClick={again}>
        <RotateCcw className="size-4" aria-hidden /> {t('survey.previewAgain')}
      </Button>
    </div>
  );
}
