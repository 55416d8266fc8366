import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNT } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaf } from '../../figure/make.ts';
import { draftOf, grow } from '../../testing/generated-trees.ts';
import { type BooleanDag, type BooleanGate, FALSE, forSomeRequest, TRUE } from './boolean-dag.ts';
import type { CutSets } from './cut-sets.ts';
import { solve } from './exact-reliability.ts';
import { expand } from './expand.ts';
import { openPsa } from './open-psa.ts';

const installed = spawnSync('scram', ['--version']).status === 0;

/** What SCRAM reports of a model: cut sets of the gate as sorted names, and the Birnbaum importance of an event. */
function scram(model: string, options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sysd-scram-'));
  try {
    writeFileSync(join(folder, 'model.xml'), model);
    const out = join(folder, 'report.xml');
    const run = spawnSync('scram', ['--bdd', ...options, '-o', out, join(folder, 'model.xml')], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`scram: ${run.stderr}\n${model}`);
    return readFileSync(out, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cutSetsIn(report: string): string[] {
  const products = report.matchAll(/<product order="[^"]*"[^>]*?(?:\/>|>([\s\S]*?)<\/product>)/g);
  return [...products]
    .map(([, body = '']) =>
      [...body.matchAll(/basic-event name="e(\d+)"/g)]
        .map((m) => Number(m[1]) - 1)
        .sort((a, b) => a - b)
        .join(' '),
    )
    .sort();
}

/**
 * Reports have six digits. So SCRAM is asked for a difference instead: the Birnbaum importance of s in (s ∧ z) ∨ (¬s ∧ top) is
 * P(z) − P(top), where P(z) is the probability found here.
 */
function difference(dag: BooleanDag, q: readonly number[], value: number): number {
  const model = openPsa(dag, q)
    .replace('name="top"', 'name="real"')
    .replace(
      '<define-fault-tree name="flow">',
      '<define-fault-tree name="flow"><define-gate name="top"><or><and><basic-event name="s"/><basic-event name="z"/></and><and><not><basic-event name="s"/></not><gate name="real"/></and></or></define-gate>',
    )
    .replace(
      '</model-data>',
      `<define-basic-event name="s"><float value="0.5"/></define-basic-event><define-basic-event name="z"><float value="${value}"/></define-basic-event></model-data>`,
    );
  const found = /<basic-event name="s"[^>]*MIF="([^"]*)"/.exec(
    scram(model, ['--probability', '1', '--importance', '1', '--limit-order', '3']),
  );
  if (!found) throw new Error('scram reports no importance of s');
  return Number(found[1]);
}

/** SCRAM computes with complements: what it says is not better than this in absolute terms. */
const ROUNDING = 1e-15;

const trees = draftOf(['or', 'or', 'and', 'and', 'atleast', 'oneof'], { classes: 16, count: 4, gates: 30 });
const title = installed
  ? 'minimal cut sets to order 3 and the probability to 1e-9 are those of SCRAM'
  : 'not run: SCRAM is not installed (apt-get install scram)';

describe('against SCRAM', () => {
  (installed ? it : it.skip)(
    title,
    () => {
      let compared = 0;
      fc.assert(
        fc.property(trees, (d) => {
          const dag = expand(grow(d));
          fc.pre(!('notEstimated' in dag) && dag.events.length <= 40 && dag.top !== FALSE && dag.top !== TRUE);
          if ('notEstimated' in dag) return;
          // Never 0 or 1, which SCRAM treats as constants.
          const q = dag.events.map((e) => Math.min(0.9, Math.max(1e-3, d.events[e.class]?.q ?? 0.1)));
          const found = solve(
            dag,
            q.map((x) => leaf('q', x, COUNT)),
          );
          const value = found.unavailability as number;
          const sets = (found.cutSets as CutSets).sets.map((s) => s.join(' ')).sort();
          expect(sets).toEqual(cutSetsIn(scram(openPsa(forSomeRequest(dag)), ['--limit-order', '3'])));
          expect(Math.abs(difference(dag, q, value))).toBeLessThanOrEqual(Math.max(1e-9 * value, ROUNDING));
          if (1e-9 * value > ROUNDING) compared++;
        }),
        { numRuns: 200, seed: 7 },
      );
      expect(compared).toBeGreaterThan(150);
    },
    300_000,
  );

  (installed ? it : it.skip)(installed ? 'a wrong value would be seen by the comparison' : title, () => {
    const nodes: BooleanGate[] = [
      { kind: 'constant', value: false },
      { kind: 'constant', value: true },
      { kind: 'event', event: 0 },
      { kind: 'event', event: 1 },
      { kind: 'and', inputs: [2, 3] },
    ];
    const events = ['a', 'b'].map((id) => ({ id, class: 0, element: id, label: id }));
    const dag = { events, choices: [], nodes, top: 4 };
    expect(Math.abs(difference(dag, [0.1, 0.2], 0.02))).toBeLessThan(1e-15);
    expect(difference(dag, [0.1, 0.2], 0.02 * (1 + 1e-8))).toBeCloseTo(2e-10, 14);
  });
});
