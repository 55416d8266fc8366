import type { Cache } from './client.ts';

const MOST_KEYS = 2_000;

/** An in-process cache: gone with the process, and each instance has its own. */
export function createMemoryCache(): Cache {
  const until = new Map<string, number>();
  return {
    read: async (key) => {
      const end = until.get(key);
      if (end === undefined || end > performance.now()) return end !== undefined;
      until.delete(key);
      return false;
    },
    write: async (key, _bytes, ttlMs) => {
      until.delete(key);
      until.set(key, ttlMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + ttlMs);
      const oldest = until.keys().next().value;
      if (until.size > MOST_KEYS && oldest !== undefined) until.delete(oldest);
    },
    close: async () => until.clear(),
  };
}
