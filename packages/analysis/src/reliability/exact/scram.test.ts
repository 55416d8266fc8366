import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNT } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaf } from '../../figure/make.ts';
import { type Draft, draftOf, grow } from '../../testing/generated-trees.ts';
import { type BooleanDag, BooleanDagBuilder, FALSE, forSomeRequest, TRUE } from './boolean-dag.ts';
import type { CutSets } from './cut-sets.ts';
import { solve } from './exact-reliability.ts';
import { expand } from './expand.ts';
import { openPsa } from './open-psa.ts';

const SCRAM = 'scram';
const installed = spawnSync(SCRAM, ['--version']).status === 0;
const CASES = 2000;

/** SCRAM computes with complements: what it says is not better than this in absolute terms. */
const ROUNDING = 1e-15;

/** One model out of many, so that SCRAM starts once: the names of model i begin with `t<i>-`. */
function merged(models: readonly string[]): string {
  const parts = models.map((model, i) => {
    const own = model.replaceAll(' name="', ` name="t${i}-`);
    const [, tree = '', data = ''] =
      /(<define-fault-tree[\s\S]*<\/define-fault-tree>)\s*<model-data>([\s\S]*)<\/model-data>/.exec(own) ?? [];
    return { tree, data };
  });
  return `<?xml version="1.0"?><opsa-mef>${parts.map((p) => p.tree).join('\n')}<model-data>${parts.map((p) => p.data).join('')}</model-data></opsa-mef>`;
}

/** SCRAM's report of each of the models. */
function scram(models: readonly string[], options: readonly string[], section: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sysd-scram-'));
  try {
    writeFileSync(join(folder, 'model.xml'), merged(models));
    const out = join(folder, 'report.xml');
    const run = spawnSync(SCRAM, ['--bdd', '--limit-order', '3', ...options, '-o', out, join(folder, 'model.xml')], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`scram: ${run.stderr}`);
    const found = new Map<string, string>();
    const pattern = new RegExp(`<${section} name="(t\\d+)-top"([^>]*/>|[\\s\\S]*?</${section}>)`, 'g');
    for (const [, name = '', body = ''] of readFileSync(out, 'utf8').matchAll(pattern)) found.set(name, body);
    return models.map((_, i) => {
      const body = found.get(`t${i}`);
      if (body === undefined) throw new Error(`scram says nothing about model ${i}`);
      return body;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Cut sets of a report, as the events' indices in the DAG. */
function cutSetsIn(report: string): string[] {
  const products = report.matchAll(/<product order="[^"]*"[^>]*?(?:\/>|>([\s\S]*?)<\/product>)/g);
  return [...products]
    .map(([, body = '']) => [...body.matchAll(/basic-event name="t\d+-e(\d+)"/g)].map((m) => Number(m[1]) - 1).sort((a, b) => a - b))
    .map((events) => events.join(' '))
    .sort();
}

/**
 * Reports have six digits. So SCRAM is asked for a difference instead: the Birnbaum importance of s in (s ∧ z) ∨ (¬s ∧ top) is
 * P(z) − P(top), where P(z) is the probability found here.
 */
function withDifference(dag: BooleanDag, q: readonly number[], value: number): string {
  const one = (name: string) => `<basic-event name="${name}"/>`;
  const top = `<define-gate name="top"><or><and>${one('s')}${one('z')}</and><and><not>${one('s')}</not><gate name="real"/></and></or></define-gate>`;
  const define = (name: string, x: number) => `<define-basic-event name="${name}"><float value="${x}"/></define-basic-event>`;
  return openPsa(dag, q)
    .replace('name="top"', 'name="real"')
    .replace('<define-fault-tree name="flow">', `<define-fault-tree name="flow">${top}`)
    .replace('</model-data>', `${define('s', 0.5)}${define('z', value)}</model-data>`);
}

function differences(models: readonly string[]): number[] {
  return scram(models, ['--probability', '1', '--importance', '1'], 'importance').map((report) => {
    const found = /<basic-event name="t\d+-s"[^>]*MIF="([^"]*)"/.exec(report);
    if (!found) throw new Error('scram reports no importance of s');
    return Number(found[1]);
  });
}

interface Case {
  readonly draft: Draft;
  readonly dag: BooleanDag;
  readonly q: readonly number[];
}

/** Trees of up to 40 events that are not constant; probabilities are never 0 or 1, which SCRAM takes for constants. */
function cases(): Case[] {
  const drafts = draftOf(['or', 'or', 'and', 'and', 'atleast', 'oneof'], { classes: 16, count: 4, gates: 30 });
  const found = fc.sample(drafts, { numRuns: 4 * CASES, seed: 7 }).flatMap((draft): Case[] => {
    const dag = expand(grow(draft, true));
    if ('notEstimated' in dag || dag.events.length > 40 || dag.top === FALSE || dag.top === TRUE) return [];
    return [{ draft, dag, q: dag.events.map((e) => Math.min(0.9, Math.max(1e-3, draft.events[e.class]?.q ?? 0.1))) }];
  });
  return found.slice(0, CASES);
}

describe('against SCRAM', () => {
  const title = `minimal cut sets to order 3 and the probability to 1e-9 of ${CASES} trees are those of SCRAM`;
  const reason = 'not run: SCRAM is not installed (apt-get install scram)';

  (installed ? it : it.skip)(
    installed ? title : `${title}; ${reason}`,
    () => {
      const all = cases();
      expect(all).toHaveLength(CASES);
      const found = all.map(({ dag, q }) =>
        solve(
          dag,
          q.map((x) => leaf('q', x, COUNT)),
          { mostSets: Number.POSITIVE_INFINITY },
        ),
      );
      const reports = scram(
        all.map((c) => openPsa(forSomeRequest(c.dag))),
        [],
        'sum-of-products',
      );
      const differ = differences(all.map((c, i) => withDifference(c.dag, c.q, found[i]?.unavailability as number)));
      let strict = 0;
      all.forEach(({ draft }, i) => {
        const says = JSON.stringify(draft);
        const { cutSets, unavailability } = found[i] as (typeof found)[number];
        expect((cutSets as CutSets).sets.map((s) => s.join(' ')).sort(), says).toEqual(cutSetsIn(reports[i] as string));
        const tolerance = 1e-9 * (unavailability as number);
        expect(Math.abs(differ[i] as number), says).toBeLessThanOrEqual(Math.max(tolerance, ROUNDING));
        if (tolerance > ROUNDING) strict++;
      });
      expect(strict).toBeGreaterThan(0.8 * CASES);
    },
    120_000,
  );

  (installed ? it : it.skip)(installed ? 'a wrong value would be seen by the comparison' : `a wrong value would be seen; ${reason}`, () => {
    const b = new BooleanDagBuilder();
    const inputs = ['a', 'b'].map((id) => b.event({ id, class: 0, element: id, label: id }));
    const dag = b.build(b.and(inputs));
    const q = [0.1, 0.2];
    const [right, wrong] = differences([withDifference(dag, q, 0.02), withDifference(dag, q, 0.02 * (1 + 1e-8))]);
    expect(Math.abs(right as number)).toBeLessThan(1e-15);
    expect(wrong).toBeCloseTo(2e-10, 14);
  });
});
