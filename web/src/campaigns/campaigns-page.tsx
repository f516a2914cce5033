import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../api/client.ts';
import { formatDate, formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Shelf, ShelfPage } from '../shell/shelf.tsx';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { type Campaign, campaignsQuery, type ListedCampaign } from './queries.ts';
import { CampaignBadge } from './words.tsx';

/** All campaigns, the newest first. */
export const CampaignsPage = () => (
  <ShelfPage of="campaign" dialog={(close) => <NewCampaign onClose={close} />}>
    {(make) => <Campaigns make={make} />}
  </ShelfPage>
);

function Campaigns({ make }: { make: ReactNode }) {
  const archived = useSearch({ from: '/app/campaigns' }).archived === 'yes';
  const listed = useInfiniteQuery(campaignsQuery(archived));
  return (
    <Shelf of="campaign" {...{ listed, archived, make }} icon={<Megaphone className="size-6" />}>
      {(campaign) => <CampaignRow campaign={campaign} />}
    </Shelf>
  );
}

const CampaignRow = ({ campaign }: { campaign: ListedCampaign }) => (
  <Link to="/campaigns/$id" params={{ id: campaign.id }} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 sm:px-5">
    <span className="min-w-0 grow">
      <span className="block truncate font-semibold" dir="auto">
        {campaign.name}
      </span>
      <span className="block text-sm text-ink-3">
        {campaign.nextAt
          ? t('campaign.nextAt', { when: formatDateTime(campaign.nextAt) })
          : campaign.scheduleKind
            ? t(`scheduleKind.${campaign.scheduleKind}`)
            : t('campaign.unscheduled')}
        {' · '}
        {campaign.startedAt
          ? t('campaign.startedOn', { when: formatDate(campaign.startedAt) })
          : t('campaign.madeOn', { when: formatDate(campaign.createdAt) })}
      </span>
    </span>
    <Badge>{t(`channel.${campaign.channel}`)}</Badge>
    <CampaignBadge campaign={campaign} />
  </Link>
);

function NewCampaign({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: (body: { name: string; channel: Campaign['channel'] }) => call('createCampaign', { body }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      void navigate({ to: '/campaigns/$id', params: { id } });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('campaign.new')}
      footer={
        <FormFooter form="new-campaign" busy={make.isPending} onClose={onClose}>
          {t('campaign.create')}
        </FormFooter>
      }
    >
      <form
        id="new-campaign"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          make.mutate({ name: String(form.get('name')), channel: String(form.get('channel')) as Campaign['channel'] });
        }}
      >
        <Field label={t('column.name')}>
          <Input name="name" required maxLength={120} data-autofocus />
        </Field>
        <Field label={t('campaign.channel')}>
          <Select name="channel" defaultValue="email">
            <Options of={['email', 'sms', 'call', 'letter'] as const} words={(channel) => t(`channel.${channel}`)} />
          </Select>
        </Field>
        <Alert>{make.isError && problemText(make.error)}</Alert>
      </form>
    </Dialog>
  );
}
