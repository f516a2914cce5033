import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan } from '../auth/me.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Loading } from '../ui/states.tsx';
import { done } from '../ui/toast.tsx';
import { CallListSection } from './call-list-section.tsx';
import { ContentSection } from './content-section.tsx';
import { GoalSection } from './goal-section.tsx';
import type { Campaign, CampaignPatch } from './queries.ts';
import { ScheduleSection } from './schedule-section.tsx';
import { StartPanel } from './start-panel.tsx';
import { faultText } from './words.tsx';

// A filter's editor is large, and only whoever plans needs it.
const AudienceSection = lazy(() => import('./audience-section.tsx').then(({ AudienceSection }) => ({ default: AudienceSection })));

export type Saving = {
  save: (patch: CampaignPatch) => void;
  busy: boolean;
  editable: boolean;
  /** What is wrong with what was sent last, at a pointer or below it. */
  error: (pointer: string) => string | undefined;
};

/** Why nothing can be changed now. */
const whyNot = ({ state, archivedAt }: Campaign, mayWrite: boolean): MessageKey => {
  if (!mayWrite) return 'settings.readOnly';
  if (archivedAt) return 'problem.already_archived';
  return state === 'active' ? 'campaign.pauseToEdit' : 'campaign.overToEdit';
};

/** What a campaign says, part by part; each is saved by itself. */
export function PlanTab({ campaign }: { campaign: Campaign }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const update = useMutation({
    mutationFn: (body: CampaignPatch) => call('updateCampaign', { params: { id: campaign.id }, version: campaign.version, body }),
    onSuccess: async () => {
      done(t('customer.saved'));
      await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
    },
  });
  const problem = update.error instanceof CrmProblem ? update.error : undefined;
  const editable = can.any('campaigns', 'write') && !campaign.archivedAt && campaign.state !== 'active' && campaign.state !== 'ended';
  const saving: Saving = {
    save: update.mutate,
    busy: update.isPending,
    editable,
    error: (pointer) => {
      const found = problem?.errors.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
      return found && faultText(found);
    },
  };
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid gap-6">
        {!editable && <p className="text-sm text-ink-3">{t(whyNot(campaign, can.any('campaigns', 'write')))}</p>}
        {problem && problem.errors.length === 0 && (
          <p role="alert" className="rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
            {problemText(problem)}
          </p>
        )}
        <GoalSection campaign={campaign} saving={saving} />
        <Suspense fallback={<Loading rows={4} />}>
          <AudienceSection campaign={campaign} saving={saving} />
        </Suspense>
        <ContentSection campaign={campaign} saving={saving} />
        {campaign.channel === 'call' && <CallListSection campaign={campaign} saving={saving} />}
        <ScheduleSection campaign={campaign} saving={saving} />
      </div>
      <StartPanel campaign={campaign} />
    </div>
  );
}
