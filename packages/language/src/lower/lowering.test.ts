import { TextMap } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { projectLoader } from '../project/project.ts';
import { standardLibrary } from '../standard-library.ts';
import type { Lowered } from './lower.ts';
import { lowering } from './lowering.ts';

const LINES = [
  'let load = 2',
  'let load = other * 3',
  'let other = 4',
  'let other = load + 1',
  'region us { zones: a, b }',
  'region us { zones: a, b, c, availability: 99.9% }',
  'zone a',
  'group cell across us { service inner { replicas: 2 across zones } }',
  'group cell {\n  service inner { cores: load }\n  inner -> db\n}',
  'client users { daily-active: 10M, peak: load }',
  'client users { daily-active: F * 3 s }',
  'service api { replicas: 3 across us, cpu-time: 5 ms }',
  'service api { replicas: load, cores: api.replicas }',
  'service api { cores: worker1.cores }',
  'worker worker1 { cores: api.cores }',
  'loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }',
  'technology haproxy: loadbalancer { cores: load }',
  'technology mine: database { replicas: other, title: "Mine" }',
  'database db: postgres { shards: 4 by hash(k), table t { key: k, row: 1 KB }, query q { from t; where t.k } }',
  'database db: mine { table t { row: 2 KB } }',
  'database db { query q { join t.a = u.b } }',
  'cache c: redis { hit-ratio: 90%, replicas: other }',
  'api -> db { timeout: 1 s }',
  'api -> db { pool: load }',
  'api -> c',
  'flow F from users at 1/s each { users -> lb -> api\n  api -> c read 1 KB\n  api -> db read t on miss\n  else api -> c write 3 B\n}',
  'flow F from users at G * 2 { users -> api | lb }',
  'flow G from users at F { users -> api\n  api -> db write t\n}',
  'flow G from users at load/s { users -> nobody\n  api -> db read q 2 KB }',
  'scenario "S" { users.peak: 3x, fail api }',
  'scenario "S" { fail us.a, load: other }',
  'scenario "S" { load: load1 * 2, users.daily-active: F * 2 s }',
  'scenario "S" { F.at: G * 3, api.cores: worker1.cores * load, fail api }',
  'scenario "T" { api.replicas: other }',
  'let load1 = other / 2',
  'accept missing-health-check on api because "x"',
  'accept single-point-of-failure on api -> db because "y"',
  'expect load <= other "z"',
  'view "V" { include: api, db }',
  'system S',
  'system T { cores: 3 }',
  '/// documented\nservice api',
  'service api typo { cores: 1 }',
  'import "./b.sysd"',
  'import "./c.sysd"',
  'apii -> db',
  'servce api { cores: load }',
  'let y = api.cores',
  'let z = api.shards',
  'service api {\n bogus: 1\n shards: foo\n}',
  'technology mine: database { hit-ratio: other, ttl: load }',
  'technology haproxy: loadbalancer, gateway { cores: 2 }',
  ';{\n  cores: 2\n}',
  'service api',
  `group big {\n${Array.from({ length: 8 }, (_, i) => `  service part${i} { cores: ${i + 1} }`).join('\n')}\n  technology mine: database { cores: load }\n}`,
  `group large {\n${Array.from({ length: 8 }, (_, i) => `  service part${i} { cores: ${i + 1} }`).join('\n')}\n  technology mine: database { cores: load }\n}`,
  'expect G * 1 day <= 2G',
];

/** What a lowering says, as plain data with absolute places. Shared objects are written once: a design is no tree. */
function said(lowered: Lowered): string {
  const plain = (_: string, value: unknown): unknown => {
    if (value instanceof Map || value instanceof TextMap) return [...value];
    if (typeof value === 'object' && value !== null && 'block' in value && 'start' in value && 'end' in value) {
      const { block, start, end } = value as { block: { uri: string; offset: number }; start: number; end: number };
      return `${block.uri} ${block.offset + start}-${block.offset + end}`;
    }
    return value;
  };
  const references = lowered.references.map((r) => JSON.stringify(r, plain)).sort();
  const declared = [...lowered.declarations.values()].filter((d) => !d.file.library);
  const declarations = declared.map(({ id, kind, nameSpan, doc }) => JSON.stringify({ id, kind, nameSpan, doc }, plain)).sort();
  return JSON.stringify({ design: lowered.design, diagnostics: lowered.diagnostics, references, declarations }, plain, 1);
}

it('lowering a text after others says what lowering it alone says', () => {
  const line = fc.constantFrom(...LINES);
  const edit = fc.record({ at: fc.nat(30), remove: fc.nat(2), insert: fc.array(line, { maxLength: 2 }), file: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(line, { minLength: 5, maxLength: 25 }), fc.array(edit, { minLength: 1, maxLength: 12 }), (start, edits) => {
      const files = {
        a: [...start],
        b: ['service elsewhere', 'let load = 7'],
        c: ['service third', 'let other = 5', 'region us { zones: x }'],
      };
      const texts = () => new Map(Object.entries(files).map(([name, lines]) => [`file:///${name}.sysd`, lines.join('\n')]));
      let now = texts();
      const loader = projectLoader((uri) => now.get(uri), standardLibrary());
      const lower = lowering();
      const lowerScenario = lowering({ scenario: 'S' });
      const compare = (): void => {
        now = texts();
        const fresh = projectLoader((uri) => now.get(uri), standardLibrary());
        const [a, b] = [loader.load('file:///a.sysd'), fresh.load('file:///a.sysd')];
        if (!a || !b) throw new Error('no project');
        expect(said(lower(a))).toBe(said(lowering()(b)));
        expect(said(lowerScenario(a))).toBe(said(lowering({ scenario: 'S' })(b)));
      };
      compare();
      for (const { at, remove, insert, file } of edits) {
        const lines = [files.a, files.a, files.b, files.c][file]!;
        lines.splice(at % (lines.length + 1), remove, ...insert);
        compare();
      }
    }),
    { numRuns: 120, seed: 1 },
  );
}, 60_000);

it('what an edit does not reach stays the same object', () => {
  const text = (api: string) => `system S
client users { daily-active: 1M }
service api ${api}
service other { cores: 2 }
database db: postgres
api -> db { timeout: 1 s }
flow F from users at 1/s { users -> api
  api -> db read 1 KB
}
flow G from users at 1/s { users -> other }
`;
  let now = text('{ cores: 2 }');
  const loader = projectLoader((uri) => (uri === 'file:///a.sysd' ? now : undefined), standardLibrary());
  const lower = lowering();
  const load = () => lower(loader.load('file:///a.sysd')!).design;
  const before = load();
  now = text('{ cores: 3 }');
  const after = load();
  expect(after.components.get('api')).not.toBe(before.components.get('api'));
  expect(after.components.get('other')).toBe(before.components.get('other'));
  expect(after.connections.get('api->db')).toBe(before.connections.get('api->db'));
  expect(after.flows.get('F')).toBe(before.flows.get('F'));
  expect(after.flows.get('G')).toBe(before.flows.get('G'));
  expect(after.places).toBe(before.places);
});

it('an import that comes or goes reaches who uses the names of that file', () => {
  const main = (imports: string) => `${imports}system S
service api { cores: shared-load }
service other { cores: 2 }
api -> other { timeout: 1 s }
flow F from users at 1/s { users -> other }
client users
`;
  const texts = new Map([
    ['file:///b.sysd', 'let shared-load = 2\n'],
    ['file:///c.sysd', 'service third { cores: 4 }\n'],
  ]);
  const loader = projectLoader((uri) => texts.get(uri), standardLibrary());
  const lower = lowering();
  const load = (imports: string) => {
    texts.set('file:///a.sysd', main(imports));
    return lower(loader.load('file:///a.sysd')!);
  };
  const both = load('import "./b.sysd"\nimport "./c.sysd"\n');
  const one = load('import "./c.sysd"\n');
  expect([...both.diagnostics, ...one.diagnostics].map((d) => d.rule)).toEqual(['invalid-value']);
  expect(one.design.components.get('third')).toBe(both.design.components.get('third'));
  expect(one.design.components.get('other')).toBe(both.design.components.get('other'));
  expect(one.design.flows.get('F')).toBe(both.design.flows.get('F'));
  expect(one.design.components.get('api')).not.toBe(both.design.components.get('api'));
  const again = load('import "./b.sysd"\nimport "./c.sysd"\n');
  expect(again.design.components.get('other')).toBe(both.design.components.get('other'));
  expect(said(again)).toBe(said(lowering()(loader.load('file:///a.sysd')!)));
});
