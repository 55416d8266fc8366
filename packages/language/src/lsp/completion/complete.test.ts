import { describe, expect, it } from 'vitest';
import { snapshot } from '../text/snapshot.ts';
import { complete } from './complete.ts';
import { EMPTY_SCOPE } from './scope.ts';

const TECHNOLOGIES = [
  { name: 'redis', kinds: ['cache'] },
  { name: 'postgres', kinds: ['database'] },
];

/** Labels offered at `$0`, in the order shown. */
function labels(fixture: string): string[] {
  const offset = fixture.indexOf('$0');
  const { items } = complete(snapshot('file:///a.sysd', 1, fixture.replace('$0', '')), offset, {
    scope: { ...EMPTY_SCOPE, technologies: TECHNOLOGIES },
    rules: [{ name: 'single-point-of-failure' }],
    importPaths: () => ['./platform.sysd'],
    snippets: true,
  });
  return items.sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1)).map((i) => i.label);
}

const DESIGN = `client users
region us { zones: a, b }
service api { cores: 4 }
cache timelines: redis { ttl: 10 min }
database tweets: postgres {
  table tweet { key: tweet_id, shard-key: author_id }
  query home { where tweet.author_id }
}
let photo-share = 10%
`;

describe('completion', () => {
  it('offers statements and kinds in an empty file', () => {
    expect(labels('$0')).toEqual(expect.arrayContaining(['system', 'flow', 'service', 'database']));
  });

  it('offers nothing in a comment or a plain string', () => {
    expect(labels('// a $0')).toEqual([]);
    expect(labels('service api "T$0"')).toEqual([]);
  });

  it('offers properties of the kind that are not there yet', () => {
    const offered = labels('service api {\n  cores: 4\n  $0\n}');
    expect(offered).toContain('replicas');
    expect(offered).toContain('cpu-time');
    expect(offered).not.toContain('cores');
    expect(offered).not.toContain('hit-ratio');
  });

  it('knows the block although it is not closed', () => {
    expect(labels('cache c {\n  $0')).toContain('hit-ratio');
    expect(labels('cache c {\n  h$0\n\nservice api {}')).toContain('hit-ratio');
    expect(labels('cache c {\n  ttl: 5 min\n\nser$0')).toContain('service');
  });

  it('offers technologies of the kind', () => {
    expect(labels('cache c: $0')).toEqual(['redis']);
    expect(labels('cache c: re$0')).toEqual(['redis']);
  });

  it('follows the phrase of a property', () => {
    expect(labels('cache c {\n  strategy: $0\n}').slice(0, 4)).toEqual(['cache-aside', 'read-through', 'write-through', 'write-behind']);
    expect(labels(`${DESIGN}service x { replicas: 3 $0 }`)).toEqual(expect.arrayContaining(['across', 'in']));
    expect(labels(`${DESIGN}service x { replicas: 3 across $0 }`)).toEqual(['us', 'us.a', 'us.b']);
    expect(labels(`${DESIGN}service x { replicas: 3 across us, $0 }`).slice(0, 3)).toEqual(['us', 'us.a', 'us.b']);
    expect(labels(`${DESIGN}service x { replicas: 3 across us, $0 }`)).toContain('cores');
    expect(labels('service x { health: $0 }')).toEqual(expect.arrayContaining(['http', 'tcp', 'command']));
    expect(labels('service x { health: http "/h" every 5 s $0 }')).toEqual(['threshold', 'checks']);
    expect(labels('service x { autoscale: 1..4 $0 }')).toContain('at cpu');
    expect(labels('database x { shards: 4 by $0 }')).toContain('hash');
    expect(labels(`${DESIGN.replace('{\n  table', '{\n  shards: 4 by hash($0)\n  table')}`)).toEqual(['tweet_id', 'author_id']);
    expect(labels(`${DESIGN}queue q { dead-letters: $0 }`)).toEqual(expect.arrayContaining(['users', 'api']));
  });

  it('offers units of the dimension behind a number', () => {
    expect(labels('cache c { ttl: 10 $0 }').slice(0, 3)).toEqual(['ns', 'us', 'ms']);
    expect(labels('cache c { ttl: 10 m$0 }')).toContain('min');
    expect(labels('cache c { ttl: 10$0 }')).not.toContain('KB');
    expect(labels(`${DESIGN}flow F from users at 10/$0 each {}`)).toEqual(['s', 'min', 'h', 'day', 'week', 'month', 'year']);
  });

  it('follows the parts of a step', () => {
    const step = (text: string) => labels(`${DESIGN}flow F from users at 1/s {\n  ${text}\n}`);
    expect(step('$0')).toEqual(expect.arrayContaining(['users', 'api', 'slo', 'parallel']));
    expect(step('slo: $0').slice(0, 6)).toEqual(['availability', 'p50', 'p95', 'p99', 'rto', 'rpo']);
    expect(step('slo: availability >= 99.9%, rto <= 15 $0')).toContain('min');
    expect(step('users -> $0')).toEqual(['api', 'timelines', 'tweets', 'users']);
    expect(step('api -> tw$0')).toContain('tweets');
    expect(step('api -> tweets $0').slice(0, 5)).toEqual(['read', 'write', 'update', 'tweet', 'home']);
    expect(step('api -> tweets read $0')).toEqual(expect.arrayContaining(['tweet', 'home', 'when', 'on miss']));
    expect(step('api -> tweets read home on miss of $0')).toEqual(['timelines']);
    expect(step('api -> tweets read when $0')).toEqual(['photo-share']);
    expect(step('api -> tweets read requires $0')).toEqual(['strong', 'read-your-writes', 'eventual']);
    expect(step('api -> tweets read 2 $0')).toContain('KB');
  });

  it('offers names where other statements want them', () => {
    expect(labels(`${DESIGN}flow F from $0`)[0]).toBe('users');
    expect(labels('accept $0')).toEqual(['single-point-of-failure']);
    expect(labels(`${DESIGN}accept single-point-of-failure on $0`)).toEqual(expect.arrayContaining(['api', 'us.a', 'tweets.tweet']));
    expect(labels(`${DESIGN}scenario "x" { fail $0 }`)).toEqual(expect.arrayContaining(['api', 'us.a']));
    expect(labels(`${DESIGN}scenario "x" { timelines.ttl: 5 $0 }`)).toContain('min');
    expect(labels(DESIGN.replace('where tweet.author_id', 'where $0'))).toEqual(['tweet.tweet_id', 'tweet.author_id']);
    expect(labels('import "$0"')).toEqual(['./platform.sysd']);
    expect(labels('import "./$0')).toEqual(['./platform.sysd']);
  });

  it('offers rates and the other flows behind at', () => {
    const other = 'flow Other from users at 1/s {\n}\n';
    expect(labels(`${DESIGN}${other}flow F from users at $0`)).toEqual(['10/day each', '500/s', 'Other', 'photo-share']);
    expect(labels(`${DESIGN}${other}flow F from users at $0 {\n}`)).toEqual(['10/day each', '500/s', 'Other', 'photo-share']);
  });

  it('cuts long lists to what fits what is typed, and says so', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `service svc_${i}\n`).join('');
    const at = (typed: string) => {
      const text = `${many}svc_1 -> ${typed}`;
      return complete(snapshot('file:///a.sysd', 1, text), text.length, {
        scope: EMPTY_SCOPE,
        rules: [],
        importPaths: () => [],
        snippets: true,
      });
    };
    const found = (typed: string) => at(typed).items.map((i) => i.label);
    expect(at('')).toMatchObject({ isIncomplete: true, items: { length: 300 } });
    expect(found('svc_999')).toEqual(['svc_999']);
    expect(found('S98').sort()).toEqual(
      Array.from({ length: 1000 }, (_, i) => `svc_${i}`)
        .filter((name) => /9.*8/.test(name))
        .sort(),
    );
    // What begins with the word is kept before what only has its letters.
    expect(found('svc_9')).toEqual(expect.arrayContaining(Array.from({ length: 100 }, (_, i) => `svc_${900 + i}`)));
  });

  it('works in any half of a text', () => {
    const text = `${DESIGN}flow F from users at 10/day each {\n  users -> api -> tweets read home 2 KB on miss\n}\naccept x on y because "z"\n`;
    for (let i = 0; i <= text.length; i++) expect(() => labels(`${text.slice(0, i)}$0`)).not.toThrow();
  });
});
