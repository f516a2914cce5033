import type { FormEvent, ReactNode } from 'react';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import type { Saving } from './plan-tab.tsx';

/** A part of a campaign with its own button to save it. */
export function SectionForm(props: {
  title: string;
  saving: Saving;
  errors: readonly (string | undefined)[];
  onSave: (form: FormData) => void;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { saving } = props;
  const errors = props.errors.filter((one) => one !== undefined);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSave(new FormData(event.currentTarget));
  };
  return (
    <Section title={props.title} aside={props.aside}>
      <form className="grid gap-4 py-2" onSubmit={submit}>
        <fieldset disabled={!saving.editable} className="grid gap-4">
          {props.children}
        </fieldset>
        {errors.length > 0 && (
          <ul role="alert" className="grid gap-1 text-sm text-danger">
            {errors.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        {saving.editable && (
          <div className="flex justify-end">
            <Button look="primary" type="submit" busy={saving.busy}>
              {t('common.save')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}

export const textIn = (form: FormData, name: string) => String(form.get(name) ?? '').trim();
