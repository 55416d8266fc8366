import type { Call, StandinConfig, Target } from '../src/standin/config.ts';
import type { Broker, Cache, Closable } from './clients/client.ts';
import { callHttp, callObjects, resolveName } from './clients/http.ts';
import { connectKafka } from './clients/kafka.ts';
import { createMemoryCache } from './clients/memory.ts';
import { connectPostgres, type Sql } from './clients/postgres.ts';
import { connectRabbit } from './clients/rabbitmq.ts';
import { connectCache, connectRedisBroker } from './clients/redis.ts';
import type { Outcome } from './run-route.ts';

/** Keys in use: few enough that reads find what writes left, many enough to spread. */
const KEYS = 1_000;

export interface Calls extends Closable {
  readonly perform: (call: Call, stepId: string, signal: AbortSignal) => Promise<Outcome>;
  readonly broker: (target: string) => Broker;
}

/** The real clients behind the calls of a configuration. Each target is connected when it is first used. */
export function createCalls(config: StandinConfig, random: () => number, turns: (id: string, share: number) => number): Calls {
  const targets = new Map(config.targets.map((target) => [target.name, target]));
  const open = new Map<string, Closable>();
  const client = <T extends Closable>(role: string, name: string, connect: (target: Target) => T): T => {
    const found = open.get(`${role} ${name}`) as T | undefined;
    if (found !== undefined) return found;
    const target = targets.get(name);
    if (target === undefined) throw new Error(`${name} is no target of ${config.component}`);
    const made = connect(target);
    open.set(`${role} ${name}`, made);
    return made;
  };
  const sql = (name: string): Sql => client('sql', name, (target) => connectPostgres(expect(target, 'postgres')));
  const own = createMemoryCache();
  const cache = (name: string): Cache => (name === '' ? own : client('cache', name, (target) => connectCache(expect(target, 'redis'))));
  const broker = (name: string): Broker => client('broker', name, connectBroker);
  const url = (name: string): string => expect(targets.get(name)!, 'http').url;
  const key = (): string => String(Math.floor(random() * KEYS));

  const readCache = async (call: Call & { kind: 'cache' }, stepId: string): Promise<Outcome> => {
    const store = cache(call.target);
    const turn = call.hitRatio === undefined ? undefined : turns(`${stepId} hit`, call.hitRatio) > 0;
    const name = turn === undefined ? key() : turn ? 'kept' : `absent-${Math.floor(random() * 2 ** 31)}`;
    if (await store.read(`${config.component}:${name}`)) return 'hit';
    // what was missed is fetched by the steps after this one and then kept, as an application does that reads aside
    if (turn !== false) await store.write(`${config.component}:${name}`, call.bytes, call.ttlMs);
    return 'miss';
  };

  const perform = async (call: Call, stepId: string, signal: AbortSignal): Promise<Outcome> => {
    switch (call.kind) {
      case 'http':
        await callHttp(url(call.target), call.path, call.sends, call.receives, signal);
        return 'ok';
      case 'object':
        await callObjects(url(call.target), key(), call.operation === 'write', call.bytes, signal);
        return 'ok';
      case 'sql': {
        const turn = call.targets.findIndex((_, index) => turns(`${stepId} copy ${index}`, 1 / (call.targets.length - index)) > 0);
        await sql(call.targets[Math.max(turn, 0)]!).run(call.text, call.parameters, key);
        return 'ok';
      }
      case 'cache':
        if (call.operation === 'read') return readCache(call, stepId);
        await cache(call.target).write(`${config.component}:${key()}`, call.bytes, call.ttlMs);
        return 'ok';
      case 'publish':
        await broker(call.target).publish(call.topic, call.groups, { path: call.path, filler: 'x'.repeat(call.bytes) });
        return 'ok';
      case 'resolve':
        await resolveName(call.host);
        return 'ok';
    }
  };
  return { perform, broker, close: async () => void (await Promise.allSettled([...open.values()].map((each) => each.close()))) };
}

function connectBroker(target: Target): Broker {
  if (target.kind === 'redis') return connectRedisBroker(target);
  return target.kind === 'kafka' ? connectKafka(target) : connectRabbit(expect(target, 'rabbitmq'));
}

function expect<K extends Target['kind']>(target: Target, kind: K): Target & { kind: K } {
  if (target.kind !== kind) throw new Error(`${target.name} is ${target.kind}, but is called as ${kind}`);
  return target as Target & { kind: K };
}
