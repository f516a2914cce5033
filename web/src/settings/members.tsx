import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRightLeft, LogOut, Pencil, Plus, Trash2, UserCheck, UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { isWithin, type Role, reachOf } from '../../../functions/admin/roles.ts';
import { type Answer, call } from '../api/client.ts';
import { membersQuery } from '../api/queries.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { MoreMenu } from '../ui/more-menu.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { HandOver, HandOvers } from './hand-over.tsx';
import { MemberForm, TeamForm } from './member-forms.tsx';

type Listed = Answer<'listMembers'>['data'][number];
export type FullMember = Extract<Listed, { role: Role }>;
export const isFull = (member: Listed): member is FullMember => 'role' in member;

export const teamsQuery = { queryKey: ['teams'] as const, queryFn: () => call('listTeams', {}) };

/** The staff with their roles and teams. Others than admins and managers see names only. */
export function MembersSettings() {
  const can = useCan();
  if (!can.any('members', 'read')) return <NoPermission />;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="grid gap-6">
        <Staff />
        {can.any('members', 'write') && <HandOvers />}
      </div>
      <Teams />
    </div>
  );
}

type Open = { kind: 'add' } | { kind: 'edit'; member: FullMember } | { kind: 'handOver'; member: FullMember };

function Staff() {
  const can = useCan();
  const members = useQuery(membersQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Section
      title={t('resource.members')}
      aside={
        can.any('members', 'write') && (
          <Button look="primary" onClick={() => setOpen({ kind: 'add' })}>
            <UserPlus className="size-4" aria-hidden /> {t('members.invite')}
          </Button>
        )
      }
    >
      {members.isPending && <Loading rows={5} className="px-0" />}
      {members.isError && <Failure error={members.error} retry={() => void members.refetch()} />}
      <ul className="mt-2">
        {members.data?.data
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .map((member) => (
            <MemberRow key={member.id} member={member} onOpen={setOpen} />
          ))}
      </ul>
      {open?.kind === 'add' && <MemberForm onClose={close} />}
      {open?.kind === 'edit' && <MemberForm member={open.member} onClose={close} />}
      {open?.kind === 'handOver' && <HandOver member={open.member} onClose={close} />}
    </Section>
  );
}

function MemberRow({ member, onOpen }: { member: Listed; onOpen: (open: Open) => void }) {
  const can = useCan();
  const me = useMe();
  const teams = useQuery(teamsQuery);
  const teamName = (id: string) => teams.data?.data.find((team) => team.id === id)?.name ?? '…';
  const full = isFull(member) ? member : undefined;
  const items = useMemberActions(full, onOpen);
  return (
    <li
      className={cx('flex items-center gap-3 border-t border-line py-2.5 first:border-t-0', member.status === 'disabled' && 'opacity-75')}
    >
      <Avatar name={member.name} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="font-semibold">{member.name}</bdi>
          {member.id === me.member.id && <Badge tone="brand">{t('members.you')}</Badge>}
          {member.status === 'disabled' && <Badge tone="danger">{t('members.disabled')}</Badge>}
        </p>
        {full && (
          <p className="truncate text-sm text-ink-3" dir="auto">
            {full.email}
          </p>
        )}
        {full && (
          <p className="mt-1 flex flex-wrap gap-1 sm:hidden">
            <Badge tone={full.role === 'admin' ? 'mango' : 'sky'}>{t(`role.${full.role}`)}</Badge>
            {full.teams.map((id) => (
              <Badge key={id} dir="auto">
                {teamName(id)}
              </Badge>
            ))}
          </p>
        )}
      </div>
      {full && (
        <span className="hidden shrink-0 gap-1 sm:flex">
          {full.teams.map((id) => (
            <Badge key={id} dir="auto">
              {teamName(id)}
            </Badge>
          ))}
        </span>
      )}
      {full && (
        <Badge tone={full.role === 'admin' ? 'mango' : 'sky'} className="max-sm:hidden">
          {t(`role.${full.role}`)}
        </Badge>
      )}
      {full && can.any('members', 'write') && <MoreMenu label={t('members.actions', { name: member.name })} items={items} />}
    </li>
  );
}

function useMemberActions(member: FullMember | undefined, onOpen: (open: Open) => void): MenuItem[] {
  const queryClient = useQueryClient();
  const can = useCan();
  if (!member) return [];
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['members'] });
  const guarded = (work: Promise<unknown>) => void work.then(refresh, (error) => failed(problemText(error)));
  const params = { id: member.id };
  const setStatus = (status: 'active' | 'disabled', version: number, undoable: boolean) =>
    guarded(
      call('updateMember', { params, version, body: { status } }).then((changed) => {
        const back = () => setStatus(status === 'active' ? 'disabled' : 'active', changed.version, false);
        done(
          status === 'active' ? t('members.enabledDone', { name: member.name }) : t('members.disabledDone', { name: member.name }),
          undoable ? back : undefined,
        );
      }),
    );
  const active = member.status === 'active';
  const icon = 'size-4';
  return [
    ...(isWithin(reachOf(member.role), can.scope)
      ? [
          {
            key: 'edit',
            label: t('members.edit'),
            icon: <Pencil className={icon} aria-hidden />,
            onSelect: () => onOpen({ kind: 'edit', member }),
          },
        ]
      : []),
    {
      key: 'handOver',
      label: t('members.handOver'),
      icon: <ArrowRightLeft className={icon} aria-hidden />,
      onSelect: () => onOpen({ kind: 'handOver', member }),
    },
    {
      key: 'signOut',
      label: t('members.signOut'),
      icon: <LogOut className={`${icon} flip-rtl`} aria-hidden />,
      onSelect: () => guarded(call('signOutMember', { params }).then(() => done(t('members.signedOut', { name: member.name })))),
    },
    active
      ? {
          key: 'disable',
          label: t('members.disable'),
          danger: true,
          icon: <UserMinus className={icon} aria-hidden />,
          onSelect: () => setStatus('disabled', member.version, true),
        }
      : {
          key: 'enable',
          label: t('members.enable'),
          icon: <UserCheck className={icon} aria-hidden />,
          onSelect: () => setStatus('active', member.version, true),
        },
  ];
}

function Teams() {
  const can = useCan();
  const queryClient = useQueryClient();
  const teams = useQuery(teamsQuery);
  const members = useQuery(membersQuery);
  const [editing, setEditing] = useState<{ id?: string; name: string; version?: number }>();
  const remove = useMutation({
    mutationFn: (id: string) => call('removeTeam', { params: { id } }),
    onSuccess: () => {
      setAsking(undefined);
      void queryClient.invalidateQueries({ queryKey: ['members'] });
      return queryClient.invalidateQueries({ queryKey: ['teams'] });
    },
    onError: (error) => failed(problemText(error)),
  });
  const [asking, setAsking] = useState<string>();
  const size = (id: string) => members.data?.data.filter((member) => isFull(member) && member.teams.includes(id)).length ?? 0;
  const editable = can.any('members', 'write');
  return (
    <Section
      title={t('members.teams')}
      aside={
        editable && (
          <IconButton label={t('members.addTeam')} onClick={() => setEditing({ name: '' })} className="-me-2">
            <Plus className="size-4.5" aria-hidden />
          </IconButton>
        )
      }
    >
      {teams.isPending && <Loading rows={2} className="px-0" />}
      {teams.isError && <p className="py-2 text-sm text-danger">{problemText(teams.error)}</p>}
      {teams.data?.data.length === 0 && <p className="pb-3 text-sm text-ink-3">{t('members.noTeams')}</p>}
      <ul>
        {teams.data?.data.map((team) => (
          <li key={team.id} className="flex items-center gap-2 border-t border-line py-1 first:border-t-0">
            <bdi className="min-w-0 grow truncate text-sm font-medium">{team.name}</bdi>
            {size(team.id) > 0 && <span className="tnum text-sm text-ink-3">{formatNumber(size(team.id))}</span>}
            {editable && (
              <>
                <IconButton label={t('field.edit', { field: team.name })} onClick={() => setEditing(team)}>
                  <Pencil className="size-4" aria-hidden />
                </IconButton>
                {asking === team.id ? (
                  <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(team.id)}>
                    {t('members.dissolve')}
                  </Button>
                ) : (
                  <IconButton label={t('members.dissolveTeam', { name: team.name })} onClick={() => setAsking(team.id)}>
                    <Trash2 className="size-4" aria-hidden />
                  </IconButton>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {editing && <TeamForm team={editing} onClose={() => setEditing(undefined)} />}
    </Section>
  );
}
