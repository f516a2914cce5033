import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { invitationEntity } from '../responses/invitation.entity.ts';
import { invitationTokens, surveyUrl } from '../responses/link.ts';
import { qrSvg } from './qr.ts';
import { surveyStore } from './survey.store.ts';
import { mostOpenLinks, type OpenLink, type OpenLinkView, type Survey } from './survey.ts';

/** Links that anybody may answer by: each with its address, and as a QR code to be printed. */

/** What a link is called by: the token whose row is there, whichever secret it was made with. 0.5 R each secret. */
async function tokenOf({ table, tenant }: Ctx, { id }: OpenLink): Promise<string | undefined> {
  const tokens = await invitationTokens({ tenant }, id);
  const rows = await table.getMany(
    tokens.map((token) => invitationEntity.key(tenant, { token })),
    { strong: true },
  );
  return tokens.find((_, at) => rows[at] !== undefined);
}

async function shown(ctx: Ctx, link: OpenLink): Promise<OpenLinkView> {
  const token = await tokenOf(ctx, link);
  const url = token === undefined ? null : surveyUrl(token);
  return { ...link, url, qr: url === null ? null : qrSvg(url) };
}

export async function openLinks(ctx: Ctx, surveyId: string): Promise<OpenLinkView[]> {
  const survey = await surveyStore(ctx).get(surveyId);
  return Promise.all(survey.openLinks.map((link) => shown(ctx, link)));
}

/** One more. Its row and the survey's list are one commit. */
export async function addOpenLink(ctx: Ctx, surveyId: string, name: string): Promise<OpenLinkView> {
  const { tenant, stamp, iso } = ctx;
  const link: OpenLink = { id: ctx.newId('opl'), name, createdAt: iso, closedAt: null };
  const [token = ''] = await invitationTokens({ tenant }, link.id);
  const invitation = {
    id: link.id,
    surveyId,
    surveyVersion: null,
    customerId: null,
    caseId: null,
    channel: 'open',
    expiresAt: null,
  } as const;
  const source = { kind: 'open', openLinkId: link.id } as const;
  const beside = invitationEntity.create(tenant, { token }, { ...invitation, source, createdAt: iso, version: 1 }, stamp);
  await surveyStore(ctx).change(surveyId, (survey) => {
    if (survey.archivedAt) throw new CrmError('already_archived');
    if (survey.openLinks.length >= mostOpenLinks) throw new CrmError('too_many', { detail: `${mostOpenLinks} links at most` });
    return { to: { ...survey, openLinks: [...survey.openLinks, link] }, beside };
  });
  return shown(ctx, link);
}

/** Nobody answers by it any more. */
export async function closeOpenLink(ctx: Ctx, surveyId: string, linkId: string): Promise<OpenLinkView> {
  const close = (survey: Survey): Survey => {
    if (!survey.openLinks.some(({ id }) => id === linkId)) missing();
    const closed = (link: OpenLink) => (link.id === linkId && link.closedAt === null ? { ...link, closedAt: ctx.iso } : link);
    return { ...survey, openLinks: survey.openLinks.map(closed) };
  };
  const survey = await surveyStore(ctx).change(surveyId, (before) => ({ to: close(before) }));
  return shown(ctx, survey.openLinks.find(({ id }) => id === linkId) ?? missing());
}
