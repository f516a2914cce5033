import { expect, test, unique } from './suki.ts';

test('a member is named after an @ by the keyboard, and told of it by the bell and on the page', async ({ suki }) => {
  const { id, name } = await suki.api.customer({ name: unique('Mention') });
  const page = await suki.as('grace');
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: 'Log an interaction' }).or(page.locator('main button.min-h-12')).first().click();
  const text = page.getByLabel('What happened');
  const word = unique('please');
  await text.pressSequentially('Hi @clai');
  await expect(page.getByRole('listbox', { name: 'Members' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await text.pressSequentially(word);
  await expect(text).toHaveValue(/^Hi @Claire [^@]+ /);
  await page.keyboard.press('Control+Enter');
  const entry = page.getByRole('article').filter({ hasText: word });
  await expect(entry).toContainText('@Claire');
  await expect(entry).not.toContainText('mem_');

  const claire = await suki.as('claire');
  await claire.goto('/notifications');
  const told = claire.getByRole('listitem').filter({ hasText: word });
  await expect(told).toContainText('mentioned you');
  await expect(told).toContainText(name);
  await told.getByRole('link').click();
  await expect(claire).toHaveURL(new RegExp(id));
  await claire.goto('/notifications');
  await claire.getByText('Unread', { exact: true }).first().click();
  await expect(told).toHaveCount(0);
});

test('the bell counts what is unread and shows the newest', async ({ suki }) => {
  const members = await suki.api.get<{ data: { id: string; name: string; email: string }[] }>('/v1/members?limit=200');
  const sana = members.data.find(({ email }) => email.startsWith('sana'));
  const { id } = await suki.api.customer({ name: unique('Bell'), ownerId: sana?.id });
  const word = unique('bell');
  await suki.api.post(`/v1/customers/${id}/interactions`, { channel: 'note', body: `@[${sana?.name}](${sana?.id}) ${word}` });
  const page = await suki.as('sana');
  await page.goto('/customers');
  const bell = page.locator('aside').getByRole('button', { name: /^Notifications, \d+ unread/ });
  await expect(bell).toBeVisible({ timeout: 30_000 });
  await bell.click();
  const panel = page.getByRole('dialog', { name: 'Notifications' });
  await expect(panel.getByRole('listitem').filter({ hasText: word })).toBeVisible();
  await panel.getByRole('link', { name: 'Show all' }).click();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.locator('aside').getByRole('button', { name: 'Notifications, nothing unread' })).toBeVisible();
});

test('what reaches one is chosen, kept, and can be taken back', async ({ suki }) => {
  const page = await suki.as('natthapol');
  await page.goto('/notifications');
  const due = page.getByLabel('A follow-up is due');
  // A choice is shown at once, and kept when it was answered.
  const kept = async (act: () => Promise<unknown>) => {
    const answered = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
    await act();
    await answered;
  };
  const before = await due.inputValue();
  await kept(() => due.selectOption('off'));
  await kept(() => page.getByRole('button', { name: 'Undo' }).click());
  await expect(due).toHaveValue(before);
  await kept(() => due.selectOption('product'));
  await page.reload();
  await expect(due).toHaveValue('product');
});
