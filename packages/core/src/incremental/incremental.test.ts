import { describe, expect, it } from 'vitest';
import { DerivedMap } from './derived-map.ts';
import { addTo, GatheredMap, keepPieces, type Pieces } from './gather.ts';
import { InputMap } from './input-map.ts';
import { Recorder } from './recorder.ts';
import { keepItems, sameData } from './same.ts';

/** Follows versions of a map, with lengths of its values by key and what was computed in the latest version. */
function lengths(of: (words: ReadonlyMap<string, string>, key: string) => number) {
  const recorder = new Recorder();
  const words = new InputMap<string>(recorder);
  const results = new DerivedMap<number>(recorder);
  let ran: string[] = [];
  return (next: ReadonlyMap<string, string>, ids = [...next.keys()]) => {
    recorder.round++;
    ran = [];
    words.update(next);
    results.update(ids, (key) => {
      ran.push(key);
      return of(words, key);
    });
    return { ran: ran.sort(), results: [...results.plain] };
  };
}

const own = (words: ReadonlyMap<string, string>, key: string): number => words.get(key)?.length ?? 0;

describe('results by what they were computed from', () => {
  it('are computed again only where that has changed', () => {
    const step = lengths(own);
    expect(
      step(
        new Map([
          ['a', 'x'],
          ['b', 'yy'],
        ]),
      ).ran,
    ).toEqual(['a', 'b']);
    const changed = step(
      new Map([
        ['a', 'x'],
        ['b', 'zzz'],
        ['c', ''],
      ]),
    );
    expect(changed).toEqual({
      ran: ['b', 'c'],
      results: [
        ['a', 1],
        ['b', 3],
        ['c', 0],
      ],
    });
    const reordered = step(
      new Map([
        ['c', ''],
        ['a', 'x'],
        ['b', 'zzz'],
      ]),
    );
    expect(reordered).toEqual({
      ran: [],
      results: [
        ['c', 0],
        ['a', 1],
        ['b', 3],
      ],
    });
  });

  it('notice a key that was looked for in vain, and one that is gone', () => {
    const step = lengths((words) => words.get('z')?.length ?? -1);
    expect(step(new Map([['a', '']])).results).toEqual([['a', -1]]);
    expect(
      step(
        new Map([
          ['a', ''],
          ['z', 'long'],
        ]),
        ['a'],
      ),
    ).toEqual({ ran: ['a'], results: [['a', 4]] });
    expect(step(new Map([['a', '']]))).toEqual({ ran: ['a'], results: [['a', -1]] });
  });

  it('depend on all values, or on the keys alone, where these were read', () => {
    const sum = lengths((words) => [...words.values()].join('').length);
    sum(
      new Map([
        ['a', 'x'],
        ['b', 'y'],
      ]),
      ['all'],
    );
    expect(
      sum(
        new Map([
          ['a', 'x'],
          ['b', 'yy'],
        ]),
        ['all'],
      ).results,
    ).toEqual([['all', 3]]);
    const count = lengths((words) => words.size);
    count(new Map([['a', 'x']]), ['all']);
    expect(count(new Map([['a', 'xx']]), ['all']).ran).toEqual([]);
    expect(
      count(
        new Map([
          ['a', 'xx'],
          ['b', ''],
        ]),
        ['all'],
      ).results,
    ).toEqual([['all', 2]]);
  });

  it('that come out the same keep what follows from them valid', () => {
    const recorder = new Recorder();
    const words = new InputMap<string>(recorder);
    const letters = new DerivedMap<readonly string[]>(recorder, keepItems);
    const texts = new DerivedMap<string>(recorder);
    let ran = 0;
    const step = (word: string): string | undefined => {
      recorder.round++;
      words.update(new Map([['w', word]]));
      letters.update(['w'], () => [...(words.get('w') ?? '')].sort());
      texts.update(['w'], () => {
        ran++;
        return (letters.get('w') ?? []).join('');
      });
      return texts.get('w');
    };
    expect([step('abc'), step('cab'), step('cabd')]).toEqual(['abc', 'abc', 'abcd']);
    expect(ran).toBe(2);
  });

  it('forget what names that are gone depended on', () => {
    const step = lengths((words, key) => (words.get(`missing ${key}`) ? 1 : 0));
    for (let i = 0; i < 5000; i++) step(new Map([[`name${i}`, '']]));
    expect(
      step(
        new Map([
          ['name4999', ''],
          ['missing name4999', 'x'],
        ]),
        ['name4999'],
      ).results,
    ).toEqual([['name4999', 1]]);
  });
});

describe('lists gathered from pieces', () => {
  it('stay the same arrays where nothing was added, and follow the order of the pieces', () => {
    const recorder = new Recorder();
    const words = new InputMap<string>(recorder);
    const pieces = new DerivedMap<Pieces<string>>(recorder, keepPieces);
    const byLetter = new GatheredMap(recorder, pieces);
    const step = (next: ReadonlyMap<string, string>) => {
      recorder.round++;
      words.update(next);
      pieces.update(words.ids, (key) => {
        const lists = new Map<string, string[]>();
        for (const letter of words.get(key) ?? '') addTo(lists, letter, key);
        return lists;
      });
      byLetter.gather();
      return byLetter.plain;
    };
    const before = step(
      new Map([
        ['1', 'ab'],
        ['2', 'bc'],
      ]),
    );
    expect([...before]).toEqual([
      ['a', ['1']],
      ['b', ['1', '2']],
      ['c', ['2']],
    ]);
    const now = step(
      new Map([
        ['1', 'ab'],
        ['2', 'bcc'],
      ]),
    );
    expect(now.get('c')).toEqual(['2', '2']);
    expect(now.get('b')).toBe(before.get('b'));
    const turned = step(
      new Map([
        ['2', 'bcc'],
        ['1', 'ab'],
      ]),
    );
    expect(turned.get('b')).toEqual(['2', '1']);
  });
});

describe('sameData', () => {
  it('compares content, and blocks of text by identity', () => {
    const block = { uri: 'a', offset: 0 };
    expect(sameData({ span: { block, start: 1 }, list: [1, [2]] }, { span: { block, start: 1 }, list: [1, [2]] })).toBe(true);
    expect(sameData({ span: { block, start: 1 } }, { span: { block: { ...block }, start: 1 } })).toBe(false);
    expect(sameData({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameData([1], { 0: 1 })).toBe(false);
  });
});
