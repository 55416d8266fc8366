import { join } from 'node:path';
import { availabilityOf } from '@sysd/analysis';
import { isFigure, known } from '@sysd/core';
import { expect, it } from 'vitest';
import { NOT_INSTALLED, scramInstalled, scramReport } from '../../analysis/test/scram.ts';
import { exportOpenPsa } from '../src/commands/export-open-psa.ts';
import { loadDesign } from '../src/designs.ts';

const root = join(import.meta.dirname, '../../..');
const run = scramInstalled ? it : it.skip;
const suffix = scramInstalled ? '' : ` (${NOT_INSTALLED})`;

const options = { flow: [], force: false };

/** What SCRAM says of each top gate: its probability where it was asked for, and its minimal cut sets to order 3. */
function said(report: string) {
  return [...report.matchAll(/<sum-of-products name="([^"]*)"([^>]*)>([\s\S]*?)<\/sum-of-products>/g)].map(
    ([, name, head = '', body = '']) => {
      const orders = [...body.matchAll(/<product order="(\d)"/g)].map((m) => Number(m[1]));
      return {
        name,
        probability: Number(/probability="([^"]*)"/.exec(head)?.[1]),
        ofOrder: [1, 2, 3].map((k) => orders.filter((o) => o === k).length),
      };
    },
  );
}

run(`SCRAM finds in the export of examples/scaled-web-app what sysd says${suffix}`, () => {
  const file = join(root, 'examples/scaled-web-app/shop.sysd');
  const { output, notes } = exportOpenPsa(file, options);
  expect(notes).toEqual([]);
  const theirs = said(scramReport(output, ['--probability', '1']));
  const { flows } = availabilityOf(loadDesign(new URL(`file://${file}`).href).design);
  expect(theirs.map((t) => t.name)).toEqual(['ShowProduct-fails', 'Order-fails', 'Order-completion-fails']);
  flows.forEach((flow, i) => {
    const due = theirs[i] as (typeof theirs)[number];
    // Six digits are what a report has.
    expect((known(flow.unavailability) ?? 0) / due.probability).toBeCloseTo(1, 5);
    expect(flow.cutSets).toMatchObject({ ofOrder: [0, ...due.ofOrder] });
  });
});

run(`the cut sets of examples/single-server, whose server has no availability${suffix}`, () => {
  const file = join(root, 'examples/single-server/server.sysd');
  const { output, notes } = exportOpenPsa(file, { ...options, flow: ['Order'] });
  expect(notes).toEqual([
    'note: 2 events (host:server-1, instance:app@server-1) have no availability; they stand in the model without a probability',
  ]);
  const { design } = loadDesign(new URL(`file://${file}`).href);
  const [flow] = availabilityOf(design, undefined, { only: (id) => id === 'Order' }).flows;
  expect(isFigure(flow?.availability)).toBe(false);
  expect(flow?.cutSets).toMatchObject({ ofOrder: [0, ...(said(scramReport(output, []))[0]?.ofOrder ?? [])] });
});
