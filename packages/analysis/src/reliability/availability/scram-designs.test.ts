import { type Design, type Flow, isFigure } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutSetsIn, differences, NOT_INSTALLED, ROUNDING, scram, scramInstalled, withDifference } from '../../../test/scram.ts';
import { type DesignDraft, designDraft, designFrom } from '../../testing/generated-designs.ts';
import { type BooleanDag, FALSE, forSomeRequest, TRUE } from '../exact/boolean-dag.ts';
import { type CutSets, minimalCutSets } from '../exact/cut-sets.ts';
import { diagramOf } from '../exact/diagram.ts';
import { singleEvents } from '../exact/exact-reliability.ts';
import { openPsa } from '../exact/open-psa.ts';
import { flowFailure } from '../flow-failure.ts';
import { loadedDesign } from '../loaded-design.ts';
import { availabilityOf } from './availability.ts';

const CASES = 3000;

interface Case {
  readonly draft: DesignDraft;
  readonly design: Design;
  readonly dag: BooleanDag;
  readonly q: readonly number[];
}

/** Designs of up to 40 events whose every event has a probability (hosts and shared fates can say none: one is made up). */
function cases(): Case[] {
  const found: Case[] = [];
  for (const draft of fc.sample(designDraft, { numRuns: 2 * CASES, seed: 11 })) {
    const design = designFrom(draft);
    const { tree } = flowFailure(loadedDesign(design).shifting, design.flows.get('F') as Flow, false);
    const all = singleEvents(design, tree, { mostEvents: 40 });
    if ('notEstimated' in all || all.dag.top === FALSE || all.dag.top === TRUE) continue;
    found.push({ draft, design, dag: all.dag, q: all.probabilities.map((p) => (isFigure(p) ? p.value : 0.002)) });
    if (found.length === CASES) break;
  }
  return found;
}

const title = `${CASES} whole designs: minimal cut sets to order 3 and the availability to 1e-9 are those of SCRAM`;

(scramInstalled ? it : it.skip)(
  scramInstalled ? title : `${title}; ${NOT_INSTALLED}`,
  () => {
    const all = cases();
    expect(all).toHaveLength(CASES);
    const reports = scram(
      all.map((c) => openPsa(forSomeRequest(c.dag))),
      [],
      'sum-of-products',
    );
    let [exact, larger] = [0, 0];
    const asked: { readonly model: string; readonly value: number; readonly says: string }[] = [];
    all.forEach(({ draft, design, dag, q }, i) => {
      const says = JSON.stringify(draft);
      const [found] = availabilityOf(design).flows;
      if (!found || 'notEstimated' in found.pairs || 'notEstimated' in found.cutSets) throw new Error(says);
      const theirs = cutSetsIn(reports[i] as string);
      const diagram = diagramOf(forSomeRequest(dag), 1_000_000);
      const ours = diagram && minimalCutSets(diagram, { mostSets: Number.POSITIVE_INFINITY });
      expect((ours as CutSets).sets.map((s) => s.join(' ')).sort(), says).toEqual(theirs);
      const ofOrder = (k: number) => theirs.filter((s) => s.split(' ').length === k);
      expect(found.cutSets.ofOrder.slice(1), says).toEqual([1, 2, 3].map((k) => ofOrder(k).length));
      // Single failures and pairs are told by class: the same sets, with interchangeable instances taken together.
      const classes = (set: string) =>
        set
          .split(' ')
          .map((e) => (dag.events[Number(e)]?.id ?? '').replace(/#\d+$/, ''))
          .sort()
          .join(' + ');
      expect(found.singles.map((e) => e.id).sort(), says).toEqual([...new Set(ofOrder(1).map(classes))].sort());
      expect(found.pairs.map((p) => [p.first.id, p.second.id].sort().join(' + ')).sort(), says).toEqual(
        [...new Set(ofOrder(2).map(classes))].sort(),
      );
      if (ofOrder(2).length > 0) larger++;
      if (!isFigure(found.unavailability)) return;
      exact++;
      asked.push({ model: withDifference(dag, q, found.unavailability.value), value: found.unavailability.value, says });
    });
    differences(asked.map((a) => a.model)).forEach((difference, i) => {
      const { value, says } = asked[i] as (typeof asked)[number];
      expect(Math.abs(difference), says).toBeLessThanOrEqual(Math.max(1e-9 * value, ROUNDING));
    });
    expect(exact).toBeGreaterThan(0.4 * CASES);
    expect(larger).toBeGreaterThan(0.4 * CASES);
  },
  180_000,
);
