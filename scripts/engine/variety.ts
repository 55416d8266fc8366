// The questions that the running project of packages/export/test/variety.sysd is asked: everything that the stack does not have.
import type { Engine } from './engine.ts';
import { answer, between, type Check, eventually, type Project, same, total, withProject } from './project.ts';

const CONTAINERS =
  `audit beta bff bff books books config edge entry events front index kv kv-replicas legacy legacy-replicas media nightly pages
  pipe psp resize resize stats tasks thumbs web web wide wide-replicas wide-replicas`.split(/\s+/);

/** @returns how many checks failed. */
export function runVariety(folder: string, engine: Engine): Promise<number> {
  return withProject(folder, engine, ['edge', 'entry', 'front', 'pipe'], CONTAINERS, askVariety);
}

async function askVariety({ docker, containers, metrics, url }: Project, check: Check): Promise<void> {
  const requests = 40;
  const component = async (entry: string, flow: string) => (await answer(`${url(entry)}/flow/${flow}`)).component;
  await check('alternatives behind nginx both answer', async () => {
    const answered = new Set<string>();
    await eventually(async () => {
      // One in ten goes to beta: once a try it would stay away in one of 500 runs.
      for (let n = 0; n < requests; n++) answered.add(await component('front', 'Browse'));
      same([...answered].sort(), ['beta', 'web']);
    });
  });
  await check('a gateway with steps of its own, a CDN and a layer 4 balancer answer', async () => {
    for (let n = 0; n < requests; n++) {
      same(await component('entry', 'Buy'), 'bff');
      same(await component('edge', 'Photo'), 'media');
      same(await component('pipe', 'Upload'), 'web');
    }
  });
  await check('the CDN answers from what it keeps', async () => {
    same((await fetch(`${url('edge')}/flow/Photo`)).headers.get('x-cache'), 'HIT');
    same(total(metrics('media'), 'sysd_requests_total', 'flow="Photo"'), 1);
  });
  await check('every step of every flow that was answered went well', () => {
    for (const service of ['web', 'bff']) {
      const text = metrics(service);
      for (const flow of ['Browse', 'Buy', 'Upload']) for (const outcome of ['error', 'timeout']) same(failures(text, flow, outcome), 0);
    }
    same(total(metrics('psp'), 'sysd_requests_total', 'flow="Buy"'), requests);
    // half of the requests: each of the two instances rounds its own half up
    between(total(metrics('bff'), 'sysd_steps_total', 'step="12: read kv"'), requests / 2, requests / 2 + 1);
  });
  await check('a stream gives every message to every group', () =>
    eventually(() => {
      for (const group of ['audit', 'stats']) same(total(metrics(group), 'sysd_messages_total', 'outcome="ok"'), requests);
      same(total(metrics('stats'), 'sysd_steps_total', 'outcome="ok"'), requests / 2);
    }),
  );
  await check('a queue kept in Redis gives each message to one worker', () =>
    eventually(() => same(total(metrics('resize'), 'sysd_messages_total', 'outcome="ok"'), requests)),
  );
  await check('the scheduler starts its flow', () =>
    eventually(() => same(total(metrics('nightly'), 'sysd_requests_total', 'code="200"') > 0, true), 90),
  );
  await check('synchronous replication waits for the replica', () => {
    const [primary] = containers('legacy');
    const state = docker('exec', primary!.ID, 'psql', '-U', 'app', '-tAc', 'select sync_state from pg_stat_replication').trim();
    same(state, 'quorum');
  });
  await check('the Redis replica follows its primary', () => {
    const [replica] = containers('kv-replicas');
    const ask = 'REDISCLI_AUTH="$(cat "$PASSWORD_FILE")" redis-cli info replication';
    same(/master_link_status:(\w+)/.exec(docker('exec', replica!.ID, 'sh', '-c', ask))?.[1], 'up');
  });
  await check('a gateway limits each caller', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, () => fetch(`${url('entry')}/flow/Buy`).then(({ status }) => status)));
    same([...new Set(answers)].sort(), [200, 429]);
  });
}

function failures(metrics: string, flow: string, outcome: string): number {
  const lines = metrics.split('\n').filter((line) => line.startsWith('sysd_steps_total{') && line.includes(`flow="${flow}"`));
  return total(lines.join('\n'), 'sysd_steps_total', `outcome="${outcome}"`);
}
