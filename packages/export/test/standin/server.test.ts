import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { StandinConfig } from '../../src/standin/config.ts';
import { createMetrics } from '../../standin/metrics.ts';
import { parseConfig } from '../../standin/read-config.ts';
import { createStandinServer } from '../../standin/server.ts';

const config: StandinConfig = {
  '//': 'Made by sysd',
  component: 'api',
  port: 3000,
  health: '/healthz',
  targets: [],
  routes: [{ path: '/flow/F', flow: 'F', cpuMs: 0, steps: [] }],
  consumers: [],
  timers: [],
  objects: true,
};

const servers: { close: () => void }[] = [];
afterEach(() => servers.splice(0).forEach((server) => void server.close()));

async function serve(run: () => Promise<void> = async () => {}, notReady: () => string | undefined = () => undefined): Promise<string> {
  const server = createStandinServer({ config, metrics: createMetrics(), notReady, run });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('createStandinServer', () => {
  it('answers the health path with 200 when ready, else 503 and why', async () => {
    expect((await fetch(`${await serve()}/healthz`)).status).toBe(200);
    const waiting = await fetch(`${await serve(undefined, () => 'not attached to jobs')}/healthz`);
    expect([waiting.status, await waiting.text()]).toEqual([503, 'not attached to jobs\n']);
  });

  it('runs a flow and counts it', async () => {
    const base = await serve();
    expect(await (await fetch(`${base}/flow/F?bytes=5000`)).text()).toHaveLength(5000);
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('sysd_requests_total{flow="F",path="/flow/F",code="200"} 1');
  });

  it('answers 502 and says why when a step failed', async () => {
    const answer = await fetch(`${await serve(() => Promise.reject(new Error('tweets: no answer in time')))}/flow/F`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ flow: 'F', component: 'api', failed: 'tweets: no answer in time' });
  });

  it('answers 404 with the paths that there are', async () => {
    const answer = await fetch(`${await serve()}/flow/Other`);
    expect([answer.status, await answer.text()]).toEqual([404, 'no flow comes by here; there are: /flow/F\n']);
  });

  it('keeps objects and gives them back', async () => {
    const base = await serve();
    expect((await fetch(`${base}/objects/1`, { method: 'PUT', body: 'photo' })).status).toBe(204);
    expect(await (await fetch(`${base}/objects/1?bytes=9`)).text()).toBe('photo');
    expect(await (await fetch(`${base}/objects/2?bytes=9`)).text()).toBe('xxxxxxxxx');
  });
});

describe('parseConfig', () => {
  const wrong =
    (change: object): (() => StandinConfig) =>
    () =>
      parseConfig(JSON.stringify({ ...config, ...change }), 'c.json');
  it('takes what the export writes', () => expect(parseConfig(JSON.stringify(config), 'c.json')).toEqual(config));
  it('says what is wrong and what to do', () => {
    expect(() => parseConfig('{', 'c.json')).toThrow(/^c\.json is not JSON: .* Export again, or undo your change\.$/);
    expect(wrong({ port: 0 })).toThrow('c.json: port 0 is not a port');
    expect(wrong({ timers: [{ path: '/flow/G', everyMs: 1 }] })).toThrow('timer for /flow/G, which is no route');
    const step = {
      id: 's',
      when: 1,
      times: 1,
      background: false,
      optional: false,
      onMiss: [],
      retries: 0,
      backoffMs: 0,
      growth: 'linear',
    };
    const calling = { ...step, choices: [{ share: 1, call: { kind: 'http', target: 'gone', path: '/', sends: 0, receives: 0 } }] };
    expect(wrong({ routes: [{ path: '/flow/F', flow: 'F', cpuMs: 0, steps: [calling] }] })).toThrow(
      'step s: calls gone, which is no target',
    );
  });
});
