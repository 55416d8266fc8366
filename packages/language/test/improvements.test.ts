import { availabilityOf, quickReliability } from '@sysd/analysis';
import { type Improvement, isFigure } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import {
  applyTextEdits,
  designBench,
  type FoundImprovements,
  finish,
  improvementsOf,
  type Lowered,
  lowerText,
  type Missed,
  textEditsOf,
} from '../src/index.ts';
import { generatedDesign } from './equality/designs.ts';

const URI = 'file:///design.sysd';
const OTHER = 'file:///platform.sysd';
const design = (text: string) => `system S\nclient u { daily-active: 86400, peak: 1x }\n${text}`;

/** That an expectation of the author's is wrong is no fault of the text. */
const errorsOf = ({ diagnostics }: Lowered): readonly string[] =>
  diagnostics.filter((d) => d.severity === 'error' && d.rule !== 'expectation-failed').map((d) => d.message);

/** U of a flow of a text that has no errors. */
function unavailability(files: ReadonlyMap<string, string>, { flow: id, completion }: Missed): number {
  const lowered = lowerText(files);
  expect(errorsOf(lowered)).toEqual([]);
  const found = quickReliability(lowered.design, { flow: id, completion });
  if (!found || !isFigure(found.unavailability)) throw new Error('not estimated');
  return found.unavailability.value;
}

/** What is found for the first objective of a text that has no errors. */
function improve(text: string, more: ReadonlyMap<string, string> = new Map()): FoundImprovements {
  const files = new Map([[URI, design(text)], ...more]);
  const [missed] = objectives(files);
  if (!missed) throw new Error('no objective');
  return improved(files, missed);
}

/** Objectives of the flows of a text without errors. */
function objectives(files: ReadonlyMap<string, string>): Missed[] {
  const lowered = lowerText(files);
  expect(errorsOf(lowered)).toEqual([]);
  return availabilityOf(lowered.design).flows.flatMap(({ flow, completion, objectives: all }) =>
    all.map(({ objective }) => ({ flow, completion, objective })),
  );
}

/** What is found for an objective; each change is made in the text, too, and must come to what is told of it. */
function improved(files: ReadonlyMap<string, string>, missed: Missed): FoundImprovements {
  const { design: start } = lowerText(files);
  const [root = ''] = files.keys();
  const found = finish(improvementsOf({ bench: designBench(root), readText: (uri) => files.get(uri) }, missed));
  if ('notEstimated' in found) throw new Error(found.notEstimated);
  const comesTo = (texts: ReadonlyMap<string, string>): number => unavailability(texts, missed);
  for (const { fix, unavailability: told } of found.improvements.changes) {
    const edits = textEditsOf(fix, start, (uri) => files.get(uri));
    const edited = new Map([...files].map(([uri, before]) => [uri, applyTextEdits(before, uri, edits)]));
    expect(comesTo(edited), fix.title).toBe(told.value);
  }
  const end = found.improvements.path.at(-1);
  if (end) expect(comesTo(new Map([...files, ...found.texts]))).toBe(end.unavailability.value);
  return found;
}

const shown = (list: readonly Improvement[]) => list.map((i) => `${i.fix.title}: ${Number(i.unavailability.value.toPrecision(6))}`);
const changes = (text: string) => shown(improve(text).improvements.changes);
const path = (text: string) => shown(improve(text).improvements.path);

const flow = (steps: string, slo: string) => `flow F from u at 1/day each {\n${steps}\n  slo: availability >= ${slo}\n}`;
const LB = 'loadbalancer lb { managed: yes, availability: 100% }';

describe('changes, each with what the changed text comes to', () => {
  it('one more instance, with somebody who switches over', () => {
    // One of 99 %; a pair of which one must be up: 0.01² = 0.0001.
    expect(changes(`loadbalancer lb { availability: 99% }\n${flow('u -> lb', '99.9%')}`)).toEqual(['Run 2 replicas of lb: 0.0001']);
    expect(changes(`${LB}\nservice api { availability: 99% }\n${flow('u -> lb -> api', '99.9%')}`)).toEqual([
      'Run 2 replicas of api: 0.0001',
    ]);
    const store = `service api { managed: yes, availability: 100% }\ndatabase db { availability: 99% }\n`;
    const { improvements, texts } = improve(`${store}${flow('u -> api\napi -> db write 1 KB', '99.9%')}`);
    expect(shown(improvements.changes)).toEqual(['Run 2 replicas of db: 0.0001']);
    expect(texts.get(URI)).toContain('database db { availability: 99%, replicas: 2, failover: automatic }');
  });

  it('of voters, as many as let one more of them fail', () => {
    // 3 of which 2: 3 × 0.01² × 0.99 + 0.01³ = 0.000298; 5 of which 3: 10 × 0.01³ × 0.99² + 5 × 0.01⁴ × 0.99 + 0.01⁵ = 9.8506 × 10⁻⁶.
    const text = `service app { managed: yes, availability: 100% }\nregistry r { replicas: 3, quorum: majority, availability: 99% }\n`;
    expect(changes(`${text}${flow('u -> app\napp -> r', '99.99%')}`)).toEqual(['Run 5 replicas of r: 0.0000098506']);
  });

  it('somebody who notices, or takes over', () => {
    // Nobody notices: both of two must be up, 1 − 0.99² = 0.0199. With a health check 0.0001. Of three all: with one more 1 − 0.99³, no gain.
    const text = `${LB}\nservice api { replicas: 2, availability: 99% }\n${flow('u -> lb -> api', '99.9%')}`;
    expect(changes(text)).toEqual(['Run 3 replicas of api: 0.000001', 'Check the health of api: 0.0001']);
    // What costs nothing comes first.
    expect(path(text)).toEqual(['Check the health of api: 0.0001']);
    const manual = 'loadbalancer lb { replicas: 2, mode: active-passive, failover: manual, availability: 99% }';
    expect(changes(`${manual}\n${flow('u -> lb', '99.9%')}`)).toEqual([
      'Run 3 replicas of lb: 0.000001',
      'Let a standby of lb take over automatically: 0.0001',
    ]);
  });

  it('sidecars that go on without their control plane', () => {
    const text = `${LB}\nservice api { managed: yes, availability: 99.99% }
mesh m { covers: api, when-control-plane-fails: closed, availability: 99% }\n${flow('u -> lb -> api', '99.9%')}`;
    // 1 − 0.9999 × 0.99 = 0.010099; open: 0.0001.
    expect(changes(text)).toContain('Let the sidecars of m go on with their last configuration: 0.0001');
  });

  it('spread wider, one by one and together: what stays in the zone is enough to fail', () => {
    const text = `
region us { availability: 100%, zones: a, b, zone-availability: 99% }
${LB}
service api { replicas: 2 in us.a, health: tcp, availability: 100% }
service auth { replicas: 2 in us.a, health: tcp, availability: 100% }
${flow('u -> lb -> api\napi -> auth', '99.9%')}`;
    // One zone: 0.01. Both zones must be down: 0.0001. With one of them spread it is still the zone.
    expect(changes(text)).toEqual(['Spread api and auth across us: 0.0001']);
    expect(improve(text).improvements).toMatchObject({ met: true, cost: { value: 0 } });
  });

  it('a second region, where there is one', () => {
    const text = `
region us { availability: 99% }
region eu { availability: 99% }
${LB}
service api { replicas: 2 across us, health: tcp, availability: 100% }
${flow('u -> lb -> api', '99.9%')}`;
    expect(changes(text)).toEqual(['Spread api across us, eu: 0.0001']);
  });

  it('within the places of a stamp', () => {
    const text = `
region us { availability: 100%, zones: a, b, zone-availability: 99% }
dns names { managed: yes, availability: 100% }
group cell across us {
  loadbalancer lb { managed: yes, availability: 100% }
  service api { replicas: 2 in us.a, health: tcp, availability: 100% }
}
${flow('u -> names -> lb -> api', '99.9%')}`;
    expect(changes(text)).toEqual(['Spread api across zones: 0.0001']);
  });

  it('a store that carries the load without its cache', () => {
    // 100 requests a second, 90 % of them answered by the cache; the database sustains 20/s × 70 % = 14 with each replica: 8 carry 100/s.
    const text = `
service app { managed: yes, availability: 100% }
cache c { managed: yes, hit-ratio: 90%, availability: 99% }
database db { replicas: 2, failover: automatic, capacity: 20/s, max-utilization: 70%, availability: 99% }
flow F from u at 100/s {
  u -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
  slo: availability >= 99.9%
}`;
    const { changes: all } = improve(text).improvements;
    expect(all.map((c) => c.fix.title)).toContain('Run 8 replicas of db, which carry the load without c');
  });
});

it('where the design is in several files, changes the one that declares the component', () => {
  const text = `import "./platform.sysd"\n${LB}\n${flow('u -> lb -> api', '99.9%')}`;
  const { texts } = improve(text, new Map([[OTHER, 'service api { availability: 99% }\n']]));
  expect([...texts]).toEqual([[OTHER, 'service api { availability: 99%, replicas: 2, health: http "/healthz" every 5 s }\n']]);
});

it('nothing becomes optional, no provider is doubled, no quorum lowered', () => {
  const text = `
service app { managed: yes, availability: 99% }
external psp { availability: 99% }
database db { replicas: 3, write-quorum: all, availability: 99% }
${flow('u -> app\napp -> psp\napp -> db write 1 KB', '99.9%')}`;
  const { improvements } = improve(text);
  expect(improvements.changes).toEqual([]);
  expect(improvements).toMatchObject({ met: false, path: [] });
  expect(improvements.left.map((i) => i.event.element).sort()).toEqual(['app', 'db', 'psp']);
});

it('changes nothing of names that are words of JavaScript', () => {
  const text = `${LB}\nservice __proto__ { availability: 99% }\nservice constructor { availability: 99% }
${flow('u -> lb -> __proto__\n__proto__ -> constructor', '99.9%')}`;
  // 1 − 0.99² = 0.0199; one of them twice 1 − 0.9999 × 0.99 = 0.010099; both 1 − 0.9999² = 0.00019999.
  expect(path(text)).toEqual(['Run 2 replicas of __proto__: 0.010099', 'Run 2 replicas of constructor: 0.00019999']);
});

it('is not estimated where the flow is not', () => {
  const text = design(`${LB}\nservice api\n${flow('u -> lb -> api', '99.9%')}`);
  const missed = { flow: 'F', completion: false, objective: lowerText(text).design.flows.get('F')!.objectives[0]! };
  expect(finish(improvementsOf({ bench: designBench(URI), readText: () => text }, missed))).toEqual({
    notEstimated: 'api has no availability',
  });
});

describe('of generated designs', () => {
  const DECLARED =
    /^( *(?:service|cache|loadbalancer|worker|stream|queue|gateway|function|search|external|cdn|dns|registry|mesh|blobstore|database) [^\n{]*)(\{?)/;

  /** Every component has an availability and stands on nothing that has none; every flow has objectives that it may miss. */
  const measured = (text: string): string =>
    text
      .split('\n')
      .map((line) => {
        if (/^(region|zone) /.test(line)) return line;
        if (/^ *slo:/.test(line)) return '';
        return line
          .replace(/\bhost: rack-7(, rack-8)?/, 'port: 80')
          .replace(/\bshares: deploy-ring-1/, 'image: "x"')
          .replace(/\bavailability: [\d.]+%/, 'memory: 1 GB')
          .replace(/^(flow .*\{)$/, '$1\n  slo: availability >= 99.95%, completion availability >= 99.9%')
          .replace(DECLARED, (_, head: string, open: string) =>
            open === '' ? `${head.trimEnd()} { availability: 99.5% }` : `${head}{ availability: 99.5%;`,
          );
      })
      .join('\n');

  // Of seeds whose designs have no errors: a generated one may describe a connection twice.
  it.each([2, 4, 5, 9])('each change comes to what is told of it: seed %i', (seed) => {
    const files = new Map([...generatedDesign(seed, 6 + seed, 1 + (seed % 3))].map(([uri, text]) => [uri, measured(text)]));
    let changed = 0;
    for (const missed of objectives(files).slice(0, 3)) {
      if (!isMissed(files, missed)) continue;
      changed += improved(files, missed).improvements.changes.length;
    }
    expect(changed).toBeGreaterThan(0);
  });

  function isMissed(files: ReadonlyMap<string, string>, { flow: id, completion, objective }: Missed): boolean {
    const found = quickReliability(lowerText(files).design, { flow: id, completion });
    const result = found?.objectives.find((o) => o.objective.metric === objective.metric);
    return found !== undefined && isFigure(found.unavailability) && result?.verdict === 'missed';
  }
});
