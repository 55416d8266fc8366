// A compose project in a container engine: bring it up, ask it, take it down.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';

export interface Container {
  readonly ID: string;
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
}

export interface Project {
  /** Runs Compose or Docker; the output. @throws with the output when it fails. */
  readonly compose: (...words: string[]) => string;
  readonly docker: (...words: string[]) => string;
  readonly containers: (service?: string) => Container[];
  /** Metrics of all instances of a stand-in, one after another. */
  readonly metrics: (service: string) => string;
  /** Base address of a service that has a port of this machine. */
  readonly url: (service: string) => string;
}

/**
 * Brings the project of a folder up, asks it, and takes it down again. @param entries services with a port of this machine, which gets a
 * free one. @param containers every container expected, by service. @returns how many checks failed.
 */
export async function withProject(
  folder: string,
  engine: Engine,
  entries: readonly string[],
  expected: readonly string[],
  ask: (project: Project, check: Check) => Promise<void>,
): Promise<number> {
  const ports = new Map<string, string>();
  for (const entry of entries) ports.set(entry, await freePort());
  const variables = [...ports].map(([entry, port]) => [`SYSD_PORT_${entry.toUpperCase()}`, port]);
  const env = { ...engine.env, ...Object.fromEntries(variables) };
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

  const { check, result } = createChecks();
  try {
    await check('Compose reads the file', () => compose('config', '--quiet'));
    const up = await check(`every service comes up healthy (${expected.length} containers)`, () => {
      compose('up', '--detach', '--wait', '--wait-timeout', '400', '--pull', engine.pull);
      const all = containers().map((each) => `${each.Service} ${each.State} ${each.Health}`);
      same(all.sort(), expected.map((service) => `${service} running healthy`).sort());
    });
    if (up) await ask({ compose, docker, containers, metrics, url: (service) => `http://127.0.0.1:${ports.get(service)}` }, check);
    else console.log(`${compose('ps', '--all')}\n${compose('logs', '--tail', '30')}`);
    return result();
  } finally {
    compose('down', '--volumes', '--timeout', '5');
  }
}

/** The body of an answer, which must be a success. */
export async function answer(url: string): Promise<{ flow: string; component: string; instance: string }> {
  const got = await fetch(url, { signal: AbortSignal.timeout(10_000), headers: { connection: 'close' } });
  const text = await got.text();
  if (!got.ok) throw new Error(`${url} answered ${got.status}: ${text}`);
  return JSON.parse(text);
}

/** Sum of the samples of a metric whose labels contain the text. */
export function total(metrics: string, name: string, labels: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(labels))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

export function same(found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`expected ${should}, found ${is}`);
}

export function between(found: number, least: number, most: number): void {
  if (found < least || found > most) throw new Error(`expected ${least} to ${most}, found ${found}`);
}

/** Tries until it holds, for what takes a moment to arrive; then it must hold. */
export async function eventually(holds: () => void | Promise<void>, seconds = 30): Promise<void> {
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

/** Runs a check and prints how it went; whether it passed. */
export type Check = (name: string, holds: () => unknown) => Promise<boolean>;

export function createChecks(): { check: Check; result: () => number } {
  let passed = 0;
  let failed = 0;
  const check: Check = async (name, holds) => {
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
