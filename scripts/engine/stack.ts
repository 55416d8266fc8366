// The questions that the running stack of packages/export/test/stack.sysd is asked.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { answer, between, type Check, eventually, type Project, same, total, withProject } from './project.ts';

const CONTAINERS = 'api api jobs lb mailer mailer orders orders-replicas orders-replicas sessions watch'.split(' ');

/** @returns how many checks failed. */
export function runStack(folder: string, engine: Engine): Promise<number> {
  return withProject(folder, engine, ['lb', 'watch'], CONTAINERS, (project, check) => askStack(folder, project, check));
}

async function askStack(folder: string, project: Project, check: Check): Promise<void> {
  const { compose, docker, containers, metrics, url } = project;
  const sql = (container: string, text: string): string =>
    docker('exec', container, 'psql', '--no-psqlrc', '-U', 'app', '-d', 'app', '-tAc', text).trim();
  const orders = 20;
  const reads = 40;
  await check('both flows answer through the load balancer, from both instances', async () => {
    const instances = new Set<string>();
    for (let n = 0; n < orders; n++) instances.add((await answer(`${url('lb')}/flow/PlaceOrder`)).instance);
    for (let n = 0; n < reads; n++) await answer(`${url('lb')}/flow/ReadOrder`);
    same(instances.size, 2);
  });
  await check('every message reaches one worker, once', () =>
    eventually(() => same(total(metrics('mailer'), 'sysd_messages_total', 'outcome="ok"'), orders)),
  );
  await check('half of the reads hit the cache, and only misses read the database', () => {
    const text = metrics('api');
    const hits = total(text, 'sysd_steps_total', 'outcome="hit"');
    const misses = total(text, 'sysd_steps_total', 'outcome="miss"');
    same(hits + misses, reads);
    // the first hit of each key is a miss that fills it
    between(hits, reads / 2 - 4, reads / 2 + 2);
    same(total(text, 'sysd_steps_total', 'step="4: read orders",outcome="ok"'), misses);
  });
  await check('two replicas stream from the primary and have its rows', async () => {
    const primary = containers('orders')[0]!.ID;
    await eventually(() => same(sql(primary, "select count(*) from pg_stat_replication where state = 'streaming'"), '2'));
    same(sql(primary, 'select count(*) from "order"'), String(orders));
    same(sql(primary, 'select count(*) from line'), String(2 * orders));
    for (const { ID } of containers('orders-replicas')) {
      await eventually(() => same(sql(ID, 'select count(*) from line'), String(2 * orders)));
      same(sql(ID, 'select pg_is_in_recovery()'), 't');
    }
  });
  await check('the monitor finds every instance that has metrics', () =>
    eventually(async () => {
      const query = `${url('watch')}/api/v1/query?query=${encodeURIComponent('sum by (job) (up)')}`;
      const found = (await (await fetch(query)).json()) as { data: { result: { metric: { job: string }; value: [number, string] }[] } };
      const jobs = found.data.result.map(({ metric, value }) => `${metric.job} ${value[1]}`);
      same(jobs.sort(), ['api 2', 'jobs 1', 'lb 1', 'mailer 2']);
    }),
  );
  await check('the load balancer cannot reach the stores', () => {
    const id = containers('lb')[0]!.ID;
    const reach = (host: string) => `timeout 2 bash -c '</dev/tcp/${host}'`;
    docker('exec', id, 'bash', '-c', reach('api/3000'));
    docker('exec', id, 'bash', '-c', `! ${reach('orders/5432')} 2>/dev/null`);
  });
  await check('no secret is in the file or in the environment of a container', () => {
    const seen = `${compose('config')}\n${docker('inspect', ...containers().map(({ ID }) => ID))}`;
    for (const file of readdirSync(join(folder, 'secrets'))) {
      const secret = readFileSync(join(folder, 'secrets', file), 'utf8').trim();
      same([file, secret.length >= 8, seen.includes(secret)], [file, true, false]);
    }
  });
  await check('callers do not notice that an API instance is killed', async () => {
    const [victim, survivor] = containers('api');
    const instances: string[] = [];
    for (let n = 0; n < 300; n++) {
      if (n === 100) docker('kill', victim!.ID);
      instances.push((await answer(`${url('lb')}/flow/${n % 5 === 0 ? 'PlaceOrder' : 'ReadOrder'}`)).instance);
      await sleep(10);
    }
    // hosts are named by the beginning of the container's id
    same([...new Set(instances.slice(0, 100))].sort(), [victim!, survivor!].map(({ ID }) => ID.slice(0, 12)).sort());
    same([...new Set(instances.slice(200))], [survivor!.ID.slice(0, 12)]);
  });
  await check('an API instance that is asked to stop finishes what it has begun', () => {
    const [survivor] = containers('api').filter(({ State }) => State === 'running');
    docker('stop', '--time', '9', survivor!.ID);
    same(docker('inspect', '--format', '{{.State.ExitCode}}', survivor!.ID).trim(), '0');
  });
}
