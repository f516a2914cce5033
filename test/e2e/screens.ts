import { messyFile } from '../../web/src/imports/sample.ts';
import { callCampaign } from './campaign-run.ts';
import { heldBack, publishedForm } from './form-world.ts';
import { comesIn, newAddress } from './mail-in.ts';
import { type Api, type Page, type Suki, unique, type Who } from './suki.ts';
import { answered, everyKind, published } from './survey-world.ts';

/** A screen of the client, or a layer over one, as the walks open it. */
export interface Screen {
  name: string;
  path: string;
  /** Grace, the admin, unless told. */
  who?: Who;
  /** What has to be done once the path is open. It knows no language: it goes by roles and keys. */
  act?: (page: Page) => Promise<void>;
}

const overlay = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.locator('dialog[open]').waitFor();
};
const press = (selector: string) => async (page: Page) => {
  await page.locator(selector).locator('visible=true').first().click();
};
/** Opens the menu or panel of the n-th button of that kind which is on the screen. */
const popup = (kind: 'menu' | 'dialog', at: number) => async (page: Page) => {
  await page.locator(`main [aria-haspopup=${kind}]`).locator('visible=true').nth(at).click();
  await page.locator('[popover]:popover-open').first().waitFor();
};

/** Opens the dialog of the first button of that kind which is on the screen. */
const dialog = (selector: string) => async (page: Page) => {
  await press(selector)(page);
  await page.locator('dialog[open]').waitFor();
};

const newOf = async (page: Page) => {
  await press('main button.bg-brand')(page);
  await page.locator('dialog[open]').waitFor();
};
/** The dialog that makes a customer of a stranger's mail. */
const waitingMail = async (page: Page) => {
  await page.locator('main article button:has(svg.lucide-user-plus)').first().click();
  await page.locator('dialog[open]').waitFor();
};

/** The dialog of the workspace's own sender, with what becomes of new mail. */
const editedSender = async (page: Page) => {
  await page.locator('main li button').nth(1).click();
  await page.locator('dialog[open] input[name=newCases]').setChecked(true);
  await page.locator('dialog[open] select').nth(2).waitFor();
};

async function importAt(api: Api, goal: 'map' | 'check' | 'report'): Promise<string> {
  const text = new TextDecoder('windows-1252').decode(await messyFile().arrayBuffer());
  const { id } = await api.post<{ id: string }>('/v1/imports', {
    target: 'customers',
    name: unique('Lyon'),
    text: goal === 'report' ? 'Name\tE-mail\nJean\tnot an address\n' : text,
  });
  const settled = async () => {
    for (let tries = 0; tries < 300; tries++) {
      const { state } = await api.get<{ state: string }>(`/v1/imports/${id}`);
      if (!['validating', 'running'].includes(state)) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`The import ${id} does not settle.`);
  };
  const step = async (name: string) => {
    await api.post(`/v1/imports/${id}/${name}`);
    await settled();
  };
  await step('inspect');
  if (goal !== 'map') await step('dry-run');
  if (goal === 'report') await step('start');
  return id;
}

/** A segment with every kind of condition that a shop asks, and a list with somebody on it. */
async function shelved({ api, told }: Suki): Promise<{ segment: string; list: string }> {
  const where = {
    and: [
      { not: { field: 'lastInteractionAt', op: 'withinLast', value: 'P90D' } },
      { field: 'country', op: 'in', value: ['PH', 'TH'] },
      {
        or: [
          { field: 'consent.email.news', op: 'eq', value: 'granted' },
          { field: 'interactions.visit', op: 'gte', value: 1 },
        ],
      },
    ],
  };
  const { id: segment } = await api.post<{ id: string }>('/v1/segments', { name: unique('Lyon'), where });
  const { id: list } = await api.post<{ id: string }>('/v1/lists', { name: unique('Lyon'), description: unique('Lyon') });
  await api.post(`/v1/lists/${list}/members`, { customerIds: [told.fournier] });
  return { segment, list };
}

/** One of each kind: late, today, later and coming again, done. */
async function followUps({ api, told }: Pick<Suki, 'api' | 'told'>): Promise<void> {
  const day = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  const plan = (body: Record<string, unknown>) =>
    api.post<{ id: string }>('/v1/follow-ups', { title: unique('Tubig'), customerId: told.fournier, ...body });
  await plan({ due: { on: day(-1), at: '15:00' }, channel: 'call' });
  await plan({ due: { on: day(0) }, priority: 'high' });
  await plan({ due: { on: day(2), at: '09:00' }, recurrence: { every: 'month', interval: 6 } });
  const { id } = await plan({ due: { on: day(1) } });
  await api.post(`/v1/follow-ups/${id}/done`, {});
}
/** A rule that waits for the silence of some. */
const aRule = (api: Api) =>
  api.post<{ id: string }>('/v1/rules', {
    name: unique('Batis'),
    when: { kind: 'silence', days: 90 },
    where: { field: 'lifecycle', op: 'eq', value: 'active' },
    does: [{ kind: 'followUp', title: 'Batis', for: { to: 'owner' } }],
  });

/** An urgent case under a theme. */
async function aCase(api: Api): Promise<string> {
  const { id: customerId } = await api.customer();
  const { id: themeId } = await api.post<{ id: string }>('/v1/themes', { name: unique('Batis') });
  const { id } = await api.post<{ id: string }>('/v1/cases', {
    customerId,
    themeId,
    type: 'complaint',
    subject: unique('Batis'),
    priority: 'urgent',
  });
  return id;
}

/** A draft of a campaign, with everything that a plan shows. */
async function campaignAt(api: Api): Promise<string> {
  const { id } = await api.post<{ id: string }>('/v1/campaigns', {
    name: unique('Cartridges'),
    goal: { metric: { kind: 'interaction', outcome: 'resolved', reason: 'order' }, target: 20, deadline: '2030-01-31T00:00:00Z' },
    audience: { include: [{ where: { field: 'country', op: 'eq', value: 'TH' } }], holdoutPercent: 10 },
  });
  return id;
}

async function made(suki: Suki): Promise<Screen[]> {
  const { api, told } = suki;
  await comesIn(newAddress(), { subject: unique('Question') });
  await comesIn(newAddress(), { subject: unique('Doubt'), verdicts: { dmarc: 'FAIL' } });
  const shelf = await shelved(suki);
  const [map, check, report] = [await importAt(api, 'map'), await importAt(api, 'check'), await importAt(api, 'report')];
  await followUps({ api, told });
  const { id: rule } = await aRule(api);
  const { id: called } = await callCampaign(api, { who: 'Jun Bautista', many: 2 });
  const { id: survey } = await published(everyKind());
  const { customerId: asked } = await answered(suki, survey);
  const form = await publishedForm(api);
  await heldBack(form, unique());
  // Layers over a list are looked at over a short one: what lies below is walked on its own.
  const few = '/customers?kind=company&country=TH';
  const customer = `/customers/${told.fournier}`;
  return [
    { name: 'today', path: '/' },
    { name: 'follow-ups', path: '/follow-ups' },
    { name: 'follow-ups, done', path: '/follow-ups?state=done&scope=all' },
    { name: 'follow-ups, cancelled', path: '/follow-ups?state=cancelled' },
    { name: 'calendar, agenda', path: '/follow-ups?view=agenda' },
    { name: 'calendar, week', path: '/follow-ups?view=week' },
    { name: 'calendar, month', path: '/follow-ups?view=month&scope=all' },
    { name: 'follow-up, new', path: '/follow-ups?state=cancelled', act: overlay('n') },
    {
      name: 'customer, follow-up',
      path: `/customers/${told.fournier}`,
      act: async (page) => {
        await press('main [data-row] button:has(bdi)')(page);
        await page.locator('dialog[open] #follow-up').waitFor();
      },
    },
    {
      name: 'customer, follow-up, changes',
      path: `/customers/${told.fournier}`,
      act: async (page) => {
        await press('main [data-row] button:has(bdi)')(page);
        await page.locator('dialog[open] #follow-up').waitFor();
        await page.locator('dialog[open] fieldset input[type=radio]').nth(1).click({ force: true });
        await page.locator('dialog[open] ol li').first().waitFor();
      },
    },
    { name: 'calls', path: `/calls?campaign=${called}`, who: 'jun' },
    { name: 'calls, none', path: '/calls', who: 'natthapol' },
    { name: 'calls, not for the role', path: '/calls', who: 'thomas' },
    { name: 'campaign, call list', path: `/campaigns/${called}?tab=plan` },
    { name: 'team', path: '/team' },
    { name: 'palette', path: '/', act: overlay('/') },
    { name: 'customers', path: '/customers?columns=phone,jobTitle,lifecycle,owner,tags,country,createdAt,lastInteraction' },
    { name: 'customers, found', path: '/customers?q=Lyon' },
    { name: 'customers, none', path: '/customers?tag=nobody-has-this' },
    { name: 'customers, filter', path: '/customers?kind=company&country=FR', act: popup('dialog', 0) },
    { name: 'customers, order', path: few, act: popup('menu', 0) },
    { name: 'customers, chosen', path: few, act: press('tbody input[type=checkbox]') },
    { name: 'create', path: few, act: overlay('c') },
    { name: 'help', path: few, act: overlay('?') },
    { name: 'customer', path: customer },
    { name: 'customer, composer', path: customer, act: press('main button.min-h-12') },
    { name: 'customer, about', path: `${customer}?tab=about` },
    { name: 'customer, editing', path: `${customer}?tab=about&edit=emails` },
    { name: 'customer, changes', path: `${customer}?tab=history` },
    { name: 'customer, nobody', path: '/customers/cus_01M8126QXWXJN5XKKDW3W599ZZ' },
    { name: 'log', path: customer, act: overlay('l') },
    { name: 'segments', path: '/segments' },
    { name: 'segment', path: `/segments/${shelf.segment}` },
    { name: 'segment, new', path: '/segments/new' },
    { name: 'lists', path: '/lists' },
    { name: 'list', path: `/lists/${shelf.list}` },
    { name: 'list, pasting', path: `/lists/${shelf.list}`, act: dialog('main header button.bg-brand') },
    { name: 'campaigns', path: '/campaigns' },
    { name: 'campaign, new', path: `/campaigns/${await campaignAt(api)}?tab=plan` },
    { name: 'campaign, runs', path: `/campaigns/${await campaignAt(api)}?tab=runs` },
    { name: 'campaign, report', path: `/campaigns/${await campaignAt(api)}?tab=report` },
    { name: 'surveys', path: '/surveys' },
    { name: 'survey, new', path: '/surveys', act: newOf },
    {
      name: 'survey, questions',
      path: `/surveys/${survey}?tab=build`,
      act: async (page) => {
        for (const key of ['q2', 'q3']) await press(`[data-question=${key}] [aria-expanded]`)(page);
      },
    },
    { name: 'survey, sending', path: `/surveys/${survey}?tab=send` },
    { name: 'survey, results', path: `/surveys/${survey}?tab=results&by=language` },
    { name: 'survey, answers', path: `/surveys/${survey}?tab=responses` },
    { name: 'customer, surveys', path: `/customers/${asked}?tab=surveys` },
    { name: 'surveys, not for the role', path: '/surveys', who: 'pimchanok' },
    { name: 'sending', path: '/settings/sending' },
    { name: 'imports', path: '/imports' },
    { name: 'import, columns', path: `/imports/${map}` },
    { name: 'import, check', path: `/imports/${check}` },
    { name: 'import, report', path: `/imports/${report}` },
    { name: 'imports, not for the role', path: '/imports', who: 'thomas' },
    { name: 'workspace', path: '/settings/workspace' },
    { name: 'members', path: '/settings/members' },
    { name: 'roles', path: '/settings/roles' },
    { name: 'keys', path: '/settings/keys' },
    {
      name: 'key, new',
      path: '/settings/keys',
      act: async (page) => {
        await press('main button.bg-brand')(page);
        await page.locator('dialog[open]').waitFor();
      },
    },
    { name: 'senders', path: '/settings/senders' },
    {
      name: 'sender, new',
      path: '/settings/senders',
      act: async (page) => {
        await press('main button.bg-brand')(page);
        await page.locator('dialog[open]').waitFor();
      },
    },
    { name: 'senders, not for the role', path: '/settings/senders', who: 'pimchanok' },
    { name: 'customer, writing', path: customer, act: overlay('m') },
    { name: 'mail that waits', path: '/mails' },
    { name: 'mail that waits, new customer', path: '/mails', act: waitingMail },
    { name: 'mail that waits, not for the role', path: '/mails', who: 'pimchanok' },
    { name: 'templates', path: '/settings/templates' },
    { name: 'template, new', path: '/settings/templates', act: newOf },
    { name: 'barred addresses', path: '/settings/suppressions' },
    { name: 'barred address, new', path: '/settings/suppressions', act: newOf },
    { name: 'audit', path: '/settings/audit' },
    { name: 'notifications', path: '/notifications' },
    { name: 'cases', path: '/cases' },
    { name: 'cases, board', path: '/cases?view=board' },
    { name: 'cases, themes', path: '/cases?view=themes' },
    { name: 'cases, report', path: '/cases?view=report' },
    { name: 'case', path: `/cases/${await aCase(api)}` },
    { name: 'case, new', path: '/cases?view=themes', act: overlay('n') },
    { name: 'cases, held back', path: '/cases?view=held' },
    { name: 'service levels', path: '/settings/service-levels' },
    { name: 'web forms', path: '/settings/forms' },
    { name: 'web form', path: `/settings/forms/${form.id}` },
    { name: 'sender, new mail opens a case', path: '/settings/senders', act: editedSender },
    { name: 'rules', path: '/rules' },
    { name: 'rule', path: `/rules/${rule}` },
    { name: 'rule, turning on', path: `/rules/${rule}`, act: press('main [role=switch]') },
    { name: 'rule, new', path: '/rules/new' },
    { name: 'rules, not for the role', path: '/rules/new', who: 'thomas' },
  ];
}

let screens: Promise<Screen[]> | undefined;

/** All screens, with an import at each of its steps; E2E_SCREENS is how the names of those begin that one is at work on. Made once per worker. */
export const allScreens = (suki: Suki): Promise<Screen[]> => {
  const wanted = process.env.E2E_SCREENS;
  screens ??= made(suki).then((all) => (wanted ? all.filter(({ name }) => name.startsWith(wanted)) : all));
  return screens;
};

/** Opens a screen and waits until what it shows is there. */
export async function openScreen(page: Page, { path, act }: Screen): Promise<void> {
  await page.goto(path);
  await page.locator('#main :is(h1, h2)').first().waitFor();
  await page.locator('#main .skeleton').first().waitFor({ state: 'detached' });
  await act?.(page);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
}
