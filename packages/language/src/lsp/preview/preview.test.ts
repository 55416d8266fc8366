import { layoutDiagram } from '@sysd/diagram';
import { afterEach, expect, it, vi } from 'vitest';
import { files as filesOver } from '../session/files.ts';
import { session as newSession } from '../session/session.ts';
import { previewOf } from './preview.ts';

const URI = 'file:///w/shop.sysd';
const SHOP = `system Shop
client users { daily-active: 1M, peak: 2x }
service api { replicas: 3, cores: 1, cpu-time: 5 ms }
flow Browse from users at 10/day each { users -> api }
scenario "Sale" { users.peak: 10x }
`;

afterEach(() => vi.restoreAllMocks());

it('a scenario is computed a step at a time, and an edit meanwhile makes it that of the newest text', async () => {
  // Each step takes as long as a slice.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
  const files = filesOver(() => undefined);
  const session = newSession(files);
  files.open(URI, 1, SHOP);
  const state = session.designOf(URI);
  const { preview } = previewOf(session, {
    layout: (model) => layoutDiagram(model, { elk: { layout: () => Promise.reject(new Error('none')) } }),
  });
  const asked = preview({ uri: URI, overlay: 'load', scenario: 'Sale', traffic: { factor: 1, element: 'api' } });
  // It waits for its turn: an edit comes first.
  files.change(URI, 2, [{ text: SHOP.replace('10x', '4x') }]);
  const { scenarios, traffic } = await asked;
  expect(session.designOf(URI)).not.toBe(state);
  expect(scenarios).toEqual({ all: [{ title: 'Sale', text: 'users.peak: 4x', sets: true }], shown: 'Sale' });
  // 1M × 10/day × 4 is 463/s, and 5 ms of each are 2.31 of 3 cores.
  expect(traffic?.component?.rows[1]).toEqual({ name: 'Utilisation at peak', value: '77.2 %' });
});
