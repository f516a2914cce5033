import { test } from './suki.ts';

const dir = '/tmp/c/shots';
test('look', async ({ suki }) => {
  const { api, told } = suki;
  const day = (await api.get<any>('/v1/cases?limit=1')).data;
  if (day.length === 0) {
    for (const [at, subject] of ['The cartridge leaks', 'When is the next visit?', 'Wrong filter delivered', 'پانی کا فلٹر ٹپک رہا ہے', 'เครื่องกรองน้ำรั่ว'].entries())
      await api.post('/v1/cases', { customerId: told.fournier, type: (['complaint', 'question', 'return', 'complaint', 'complaint'] as const)[at], subject, priority: ['urgent', 'low', 'high', 'normal', 'normal'][at], body: 'I called twice. Nobody came.' });
  }
  const rows = (await api.get<any>('/v1/cases?limit=10')).data;
  await api.post(`/v1/cases/${rows[1].id}/state`, { state: 'waiting' }).catch(() => {});
  await api.post(`/v1/cases/${rows[2].id}/state`, { state: 'resolved', resolution: 'A new one was sent.' }).catch(() => {});
  const page = await suki.as('grace');
  for (const [name, path] of [['list', '/cases'], ['board', '/cases?view=board'], ['case', `/cases/${rows[0].id}`]] as const) {
    await page.goto(path);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${dir}/${name}.png`, fullPage: true });
  }
  await page.goto(`/customers/${told.fournier}`);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${dir}/customer.png` });
  const phone = await suki.as('grace', { phone: 360, language: 'ur' });
  for (const [name, path] of [['list', '/cases'], ['board', '/cases?view=board'], ['case', `/cases/${rows[0].id}`]] as const) {
    await phone.goto(path);
    await phone.waitForTimeout(1500);
    await phone.screenshot({ path: `${dir}/ur-${name}.png`, fullPage: true });
  }
});
