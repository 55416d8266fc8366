import { type Cost, type Design, type Estimate, formatRatio, isFigure, property } from '@sysd/core';
import { dash, money } from './measures.ts';
import { table } from './table.ts';

/** What the design costs in a month, and where the money goes; undefined where nothing has a price. `unknown` notes why an estimate is missing. */
export function costText(
  design: Design,
  { components, totals, unpriced }: Cost,
  unknown: (estimate: Estimate) => void,
): string | undefined {
  if (components.length === 0) return undefined;
  const rows = components.map(({ component, perMonth, share }) => {
    unknown(perMonth);
    const price = property(design.components.get(component)?.properties ?? new Map(), 'cost');
    const amount = isFigure(perMonth) ? money(perMonth.value, perMonth.dimension) : dash;
    return [component, amount, share === undefined ? '' : formatRatio(share), price?.text ?? ''];
  });
  if (components.length > 1) for (const total of totals) rows.push(['in all', money(total.value, total.dimension), '', '']);
  const left = components.flatMap((c) => (isFigure(c.perMonth) ? [] : [c.component]));
  const missing = [
    ...(unpriced.length > 0 ? [`${unpriced.join(', ')} (no cost)`] : []),
    ...(left.length > 0 ? [`${left.join(', ')} (not estimated)`] : []),
  ];
  const note = missing.length > 0 ? `\nNot in the sum: ${missing.join('; ')}.` : '';
  return `${table(['Cost a month', 'amount', 'share', 'price'], rows, ['left', 'right', 'right', 'left'])}${note}`;
}
