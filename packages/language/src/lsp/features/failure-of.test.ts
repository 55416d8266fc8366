import { globSync, readFileSync } from 'node:fs';
import { effectsOf } from '@sysd/analysis';
import { describe, expect, it } from 'vitest';
import { assess } from '../../assess.ts';
import { failedIn } from '../../lower/failed-in.ts';
import { lowerText } from '../../lower-text.ts';
import { failTargetOf, failureOf } from './failure-of.ts';

const examples = new URL('../../../../../examples/', import.meta.url);
const STAMPS = `system Stamps
client u { daily-active: 86400, peak: 1x }
region eu { zones: a, b }
region us { zones: a, b }
group cell across eu, us {
  pinned: yes
  service home { replicas: 1 }
  database db { shards: 4 by hash(id), replicas: 1 }
}
flow Home from u at 1/s {
  u -> home
  home -> db read 1 KB
}`;

describe('the failure of a finding', () => {
  const designs = globSync('*/*.sysd', { cwd: examples }).map((file): [string, string] => [
    file,
    readFileSync(new URL(file, examples), 'utf8'),
  ]);

  it.each([...designs, ['stamps', STAMPS] as const])('in %s makes its flow fail', (_, text) => {
    const { design } = lowerText(text);
    for (const { event, flow, completion } of assess(design).analysis.failures.singles) {
      const target = failTargetOf(design, event);
      if (target === undefined) continue;
      const { design: failed, missing } = failedIn(design, [target]);
      expect(missing, event.id).toEqual([]);
      const effect = effectsOf(failed).find((e) => e.flow === flow && e.completion === completion);
      // What the peak needs is not there: overloaded. Of a stamp one copy fails, with the requests that belong to it.
      const hit = effect?.state === 'fails' || effect?.state === 'overloaded' || effect?.share !== undefined;
      expect(hit, `${event.id} as ${target}: ${flow} ${effect?.state}`).toBe(true);
    }
  });

  it('is named as in a scenario', () => {
    const { design } = lowerText(STAMPS);
    const singles = assess(design).analysis.failures.singles;
    const targets = new Map(singles.map((s) => [s.event.id, failTargetOf(design, s.event)]));
    expect(targets.get('region:eu')).toBe('eu');
    expect(targets.get('instance:home@eu')).toBe('home@eu');
    expect(targets.get('shard:db@eu')).toBe('db@eu 1');
  });

  it('is that of findings about single points of failure', () => {
    const { design } = lowerText(designs.find(([file]) => file.includes('single-server'))![1]);
    const { findings, analysis } = assess(design);
    const named = findings.flatMap((f) => failureOf(f, design, analysis.failures.singles) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(findings.every((f) => (f.rule === 'single-point-of-failure') === (f.event !== undefined))).toBe(true);
  });
});
