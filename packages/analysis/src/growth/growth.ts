import { type Component, DATA, type Design, type Estimate, type Growth, isFigure, known, type Stock } from '@sysd/core';
import { compute } from '../figure/make.ts';
import { headroomOf } from '../headroom/headroom.ts';
import { isEndless } from '../limits/disk.ts';
import { type Loads, loadAnalyser } from '../load-analyser.ts';
import { growthPerYear } from './compound.ts';
import { saturationOf } from './saturation.ts';
import { heldAfter, inflowsOf } from './stock.ts';

/** Years after which stocks are told: storage is usually sized for five. */
const YEARS = [1, 3, 5];

/**
 * What becomes of a design as its traffic grows; undefined where nothing says that it does (`growth`), and where the design is seen at a
 * later time already. For commands: it takes longer than a key may.
 */
export function growthOf(design: Design): Growth | undefined {
  if (design.horizon) return undefined;
  const sources = [...design.components.values()].flatMap((c) => {
    const perYear = growthPerYear(c);
    return perYear ? [{ component: c.id, perYear }] : [];
  });
  if (sources.length === 0) return undefined;
  const loads = loadAnalyser()(design);
  const saturations = headroomOf(design, loads.traffic).map((h) => saturationOf(design, loads.model, sources, h));
  const time = (e: Estimate): number => known(e) ?? Number.POSITIVE_INFINITY;
  const soonest = saturations.sort((a, b) => {
    const [x, y] = [time(a.toFull), time(b.toFull)];
    return x === y ? 0 : x - y;
  });
  const stocks = [...design.components.values()].flatMap((c) => stockOf(loads, c, sources) ?? []);
  return { sources, saturations: soonest, stocks };
}

function stockOf({ storage, traffic }: Loads, store: Component, sources: Growth['sources']): Stock | undefined {
  const entries = storage.entries.filter((e) => e.store === store.id);
  if (entries.length === 0) return undefined;
  const inflows = entries.map((e) => inflowsOf(store, e, isEndless(store, e)));
  // How fast users who think ask does not grow in proportion to their number.
  const thinking = sources.find(({ component: c }) => traffic.closed.get(c)?.components.includes(store.id));
  const unknown = thinking && {
    notEstimated: `what ${thinking.component}, who think, will write to ${store.id} is no fixed growth of today's: --in shows it at one time`,
  };
  const inputs = entries.map((e, i) =>
    inflows[i] ? e.perDayWithCopies : isFigure(e.perDayWithCopies) ? e.retainedWithCopies : e.perDayWithCopies,
  );
  const after = YEARS.map((years) => {
    const held = compute(
      `${store.id} in ${years} year${years === 1 ? '' : 's'}, all copies`,
      'stock + what is written until then and kept, growing as its flows do',
      inputs,
      DATA,
      () =>
        heldAfter(
          inflows.flatMap((i) => i ?? []),
          years * 365,
        ),
    );
    return { years, held: unknown ?? held };
  });
  return { store: store.id, after };
}
