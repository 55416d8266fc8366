import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyse, headroomOf, measuresOf } from '@sysd/analysis';
import { type Component, isFigure, known, property } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerProject } from '../src/lower/lower.ts';
import { type Project, projectLoader } from '../src/project/project.ts';
import { standardLibrary } from '../src/standard-library.ts';

const EXAMPLES = ['twitter-feed/feed', 'scaled-web-app/shop', 'sharded-shop/shop', 'single-server/server'];

/** Measures of an example with values set in it, by key. */
const measures = (project: Project, set: readonly string[]) => {
  const { design, diagnostics } = lowerProject(project, { set });
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const found = new Map(measuresOf(design, analyse(design)).map((m) => [`${m.element ?? 'all'} ${m.name}`, m]));
  return { design, found };
};

describe.each(EXAMPLES)('what if, in %s', (name) => {
  const uri = pathToFileURL(join(import.meta.dirname, `../../../examples/${name}.sysd`)).href;
  const project = projectLoader((file) => readFileSync(new URL(file), 'utf8'), standardLibrary()).load(uri) as Project;
  const base = measures(project, []);
  const flows = [...base.design.flows.keys()];
  const components = [...base.design.components.values()];

  it('every rate that starts a flow times k: every rate and what is stored a day times k, and no utilisation is lower', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (tenths) => {
        const k = 1 + tenths / 10;
        const own = flows.filter((id) => base.design.flows.get(id)?.demand?.kind === 'rate');
        const { found } = measures(
          project,
          own.map((id) => `${id}.at=${id} * ${k}`),
        );
        for (const [key, { name: what, estimate }] of base.found) {
          const now = known(found.get(key)?.estimate);
          if (!isFigure(estimate) || now === undefined) continue;
          if (what === 'rate' || what === 'rate-at-peak' || what === 'stored-per-day')
            expect(now / (estimate.value || 1)).toBeCloseTo(estimate.value === 0 ? 0 : k, 9);
          if (what === 'utilization' || what === 'instances-needed') expect(now).toBeGreaterThanOrEqual(estimate.value * (1 - 1e-9));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('k times the traffic is every rate that starts a flow times k', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (k) => {
        const own = flows.filter((id) => base.design.flows.get(id)?.demand?.kind === 'rate');
        const { found } = measures(
          project,
          own.map((id) => `${id}.at=${id} * ${k.toFixed(12)}`),
        );
        const { design } = lowerProject(project, { traffic: Number(k.toFixed(12)) });
        const grown = measuresOf(design, analyse(design));
        expect(grown.length).toBe(found.size);
        for (const { element, name: what, estimate } of grown) {
          const same = found.get(`${element ?? 'all'} ${what}`)?.estimate;
          if (isFigure(estimate)) expect(estimate.value / (known(same) || 1)).toBeCloseTo(known(same) === 0 ? 0 : 1, 9);
          else expect(same).toEqual(estimate);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('headroom says with which traffic a component is full', () => {
    const order = headroomOf(base.design, analyse(base.design).traffic);
    for (const { component, toFull } of order) {
      if (!isFigure(toFull)) continue;
      const at = (traffic: number) => {
        const { design } = lowerProject(project, { traffic });
        return known(analyse(design).traffic.components.get(component)?.utilization) ?? Number.NaN;
      };
      expect(at(toFull.value * 0.999)).toBeLessThan(1);
      expect(at(toFull.value * 1.001)).toBeGreaterThan(1);
    }
  });

  it('one more replica raises no utilisation', () => {
    const grown = components.filter((c) => property(c.properties, 'replicas') && property(c.properties, 'mode') === undefined);
    for (const component of grown) {
      const { found } = measures(project, [`${component.id}.replicas=${oneMore(component)}`]);
      for (const [key, { name: what, estimate }] of base.found) {
        const now = known(found.get(key)?.estimate);
        if (what === 'utilization' && isFigure(estimate) && now !== undefined)
          expect(now, key).toBeLessThanOrEqual(estimate.value * (1 + 1e-9));
      }
    }
  });
});

function oneMore({ properties }: Component): string {
  const written = property(properties, 'replicas')?.text ?? '1';
  const places = written.replace(/^\d+/, '');
  // `3 in us.a, us.a, us.b` places each: one more of them unplaced would be an error.
  return `${Number.parseInt(written, 10) + 1}${places.includes(' in ') ? '' : places}`;
}
