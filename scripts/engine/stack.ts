// The questions that the running stack of packages/export/test/stack.sysd is asked.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';

interface Container {
  readonly ID: string;
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
}

/** Brings the project up, checks it, takes it down again. @returns how many checks failed. */
export async function runStack(folder: string, engine: Engine): Promise<number> {
  const env = { ...engine.env, SYSD_PORT_LB: await freePort(), SYSD_PORT_WATCH: await freePort() };
  const lb = `http://127.0.0.1:${env.SYSD_PORT_LB}`;
  const monitor = `http://127.0.0.1:${env.SYSD_PORT_WATCH}`;
  const run = (command: readonly string[], words: readonly string[]): string => {
    const done = spawnSync(command[0]!, [...command.slice(1), ...words], { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(`${[...command, ...words].join(' ')}: ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  // a name of its own, so that a person's project of the same design is left alone
  const compose = (...words: string[]): string => run([...engine.compose, '--project-name', `sysd-e2e-${process.pid}`], words);
  const docker = (...words: string[]): string => run(['docker'], words);
  const containers = (service?: string): Container[] =>
    compose('ps', '--all', '--format', 'json', ...(service === undefined ? [] : [service]))
      .trim()
      .split('\n')
      .flatMap((line) => JSON.parse(line) as Container | Container[]);
  const metrics = (service: string): string =>
    containers(service)
      .map(({ ID }) => docker('exec', ID, 'node', '-e', "fetch('http://127.0.0.1:3000/metrics').then((r) => r.text()).then(console.log)"))
      .join('\n');
  const sql = (container: string, text: string): string =>
    docker('exec', container, 'psql', '--no-psqlrc', '-U', 'app', '-d', 'app', '-tAc', text).trim();

  const { check, result } = createChecks();
  try {
    await check('Compose reads the file', () => compose('config', '--quiet'));
    const up = await check('every service comes up healthy', () => {
      compose('up', '--detach', '--wait', '--wait-timeout', '300', '--pull', engine.pull);
      const all = containers();
      same(all.map((each) => `${each.Service} ${each.State} ${each.Health}`).sort(), [
        'api running healthy',
        'api running healthy',
        'jobs running healthy',
        'lb running healthy',
        'mailer running healthy',
        'mailer running healthy',
        'orders running healthy',
        'orders-replicas running healthy',
        'orders-replicas running healthy',
        'sessions running healthy',
        'watch running healthy',
      ]);
    });
    if (!up) {
      console.log(compose('ps', '--all'));
      console.log(compose('logs', '--tail', '30'));
      return result();
    }

    const orders = 20;
    const reads = 40;
    await check('both flows answer through the load balancer, from both instances', async () => {
      const instances = new Set<string>();
      for (let n = 0; n < orders; n++) instances.add((await answer(`${lb}/flow/PlaceOrder`)).instance);
      for (let n = 0; n < reads; n++) await answer(`${lb}/flow/ReadOrder`);
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
        const query = `${monitor}/api/v1/query?query=${encodeURIComponent('sum by (job) (up)')}`;
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
        instances.push((await answer(`${lb}/flow/${n % 5 === 0 ? 'PlaceOrder' : 'ReadOrder'}`)).instance);
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
    return result();
  } finally {
    compose('down', '--volumes', '--timeout', '5');
  }
}

/** The body of an answer, which must be a success. */
async function answer(url: string): Promise<{ flow: string; component: string; instance: string }> {
  const got = await fetch(url, { signal: AbortSignal.timeout(10_000), headers: { connection: 'close' } });
  const text = await got.text();
  if (!got.ok) throw new Error(`${url} answered ${got.status}: ${text}`);
  return JSON.parse(text);
}

/** Sum of the samples of a metric whose labels contain the text. */
function total(metrics: string, name: string, labels: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(labels))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

function same(found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`expected ${should}, found ${is}`);
}

function between(found: number, least: number, most: number): void {
  if (found < least || found > most) throw new Error(`expected ${least} to ${most}, found ${found}`);
}

/** Tries until it holds, for what takes a moment to arrive; then it must hold. */
async function eventually(holds: () => void | Promise<void>, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(500);
    }
  }
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return String(port);
}

function createChecks() {
  let passed = 0;
  let failed = 0;
  const check = async (name: string, holds: () => unknown): Promise<boolean> => {
    const start = performance.now();
    try {
      await holds();
      passed++;
      console.log(`ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      return true;
    } catch (error) {
      failed++;
      console.log(`FAILED  ${name}: ${(error as Error).message}`);
      return false;
    }
  };
  const result = (): number => {
    console.log(`${passed} passed, ${failed} failed`);
    return failed;
  };
  return { check, result };
}
