import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextMap } from './text-map.ts';

const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz', '__proto__', 'constructor'), fc.nat(3)), {
  selector: ([key]) => key,
  maxLength: 28,
});

it('every version is the map of its keys and values, in their order', () => {
  fc.assert(
    fc.property(fc.array(entries, { minLength: 1, maxLength: 30 }), (versions) => {
      let map = TextMap.of<number>([], []);
      const made: [TextMap<number>, Map<string, number>][] = [];
      for (const version of versions) {
        map = map.next(
          version.map(([key]) => key),
          version.map(([, value]) => value),
        );
        made.push([map, new Map(version)]);
      }
      for (const [found, plain] of made) {
        expect([...found]).toEqual([...plain]);
        expect([...found.keys()]).toEqual([...plain.keys()]);
        expect([...found.values()]).toEqual([...plain.values()]);
        expect(found.size).toBe(plain.size);
        for (const key of ['a', 'z', '__proto__', 'toString']) {
          expect([found.has(key), found.get(key)]).toEqual([plain.has(key), plain.get(key)]);
        }
      }
    }),
  );
});

it('a version that says the same is the same map', () => {
  const map = TextMap.of(['a', 'b'], [1, 2]);
  expect(map.next(['a', 'b'], [1, 2])).toBe(map);
  expect(map.next(['b', 'a'], [2, 1])).not.toBe(map);
});
