import { Redis } from 'ioredis';
import type { Target } from '../../src/standin/config.ts';
import { type Broker, type Cache, complain, decode, encode, type Message, pause, readSecret } from './client.ts';

type RedisTarget = Target & { kind: 'redis' };

function connect(target: RedisTarget): Redis {
  const redis = new Redis({
    host: target.host,
    port: target.port,
    password: readSecret(target.passwordFile),
    protocol: 2, // one shape of answers, whatever the server speaks
    connectTimeout: 5_000,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2_000),
  });
  redis.on('error', () => {}); // shown by the commands that fail; the client reconnects by itself
  return redis;
}

export function connectCache(target: RedisTarget): Cache {
  const redis = connect(target);
  return {
    read: async (key) => (await redis.get(key)) !== null,
    write: async (key, bytes, ttlMs) => {
      const value = 'x'.repeat(bytes);
      await (ttlMs === undefined ? redis.set(key, value) : redis.set(key, value, 'PX', Math.max(1, Math.round(ttlMs))));
    },
    close: async () => redis.disconnect(),
  };
}

/** Entries kept in a stream beyond which the oldest go: a laptop's memory is small. */
const LONGEST = 10_000;

/** A queue or stream kept in a Redis stream: each group gets every entry, members of a group share them. */
export function connectRedisBroker(target: RedisTarget): Broker {
  const redis = connect(target);
  const readers: Redis[] = [];
  let closed = false;
  const made = new Set<string>();
  const makeGroup = async (client: Redis, topic: string, group: string): Promise<void> => {
    if (made.has(`${topic} ${group}`)) return;
    await client.xgroup('CREATE', topic, group, '0', 'MKSTREAM').catch((error: Error) => {
      if (!error.message.startsWith('BUSYGROUP')) throw error;
    });
    made.add(`${topic} ${group}`);
  };
  return {
    publish: async (topic, groups, message) => {
      for (const group of groups) await makeGroup(redis, topic, group);
      await redis.xadd(topic, 'MAXLEN', '~', LONGEST, '*', 'message', encode(message));
    },
    consume: (topic, group, prefetch, handle) => {
      const reader = connect(target); // a blocking read needs a connection of its own
      readers.push(reader);
      let attached = false;
      const name = `${process.env.HOSTNAME ?? 'consumer'}-${process.pid}`;
      const loop = async (): Promise<void> => {
        let from = '0'; // entries handed to this consumer before and not acknowledged come first
        while (!closed) {
          try {
            await makeGroup(reader, topic, group);
            const answer = await reader.xreadgroup('GROUP', group, name, 'COUNT', prefetch, 'BLOCK', 1_000, 'STREAMS', topic, from);
            const entries = entriesOf(answer);
            attached = true;
            if (entries.length === 0) from = '>';
            await Promise.all(
              entries.map(async ({ id, message }) => {
                if (message !== undefined) await handle(message);
                await reader.xack(topic, group, id);
              }),
            );
          } catch (error) {
            attached = false;
            complain(`${topic}: ${(error as Error).message}`);
            from = '0';
            made.delete(`${topic} ${group}`);
            await pause(500);
          }
        }
      };
      void loop();
      return { attached: () => attached };
    },
    close: async () => {
      closed = true;
      for (const each of [redis, ...readers]) each.disconnect();
    },
  };
}

/** Entries of an XREADGROUP answer of one topic: `[[topic, [[id, [field, value, …]], …]]]`, or null when nothing came in time. */
function entriesOf(answer: unknown): { id: string; message: Message | undefined }[] {
  if (answer === null || answer === undefined) return [];
  const [[, entries]] = answer as [[string, [string, string[] | null][]]];
  return entries.map(([id, fields]) => ({ id, message: decode(fields?.[1]) }));
}
