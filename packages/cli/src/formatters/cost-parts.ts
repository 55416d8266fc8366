import { type Cost, type Design, type Estimate, formatRatio, isFigure, money, property } from '@sysd/core';
import type { Part } from './parts.ts';

/** Shows an estimate, or a dash and its reason below the tables. */
type Shown = (estimate: Estimate, show: (value: number) => string) => string;

/** What the design costs in a month, and where the money goes; nothing where nothing has a price. */
export function costParts(design: Design, { components, totals, unpriced }: Cost, shown: Shown): Part[] {
  if (components.length === 0) return [];
  const rows = components.map(({ component, perMonth, share }) => {
    const price = property(design.components.get(component)?.properties ?? new Map(), 'cost');
    const amount = shown(perMonth, (value) => (isFigure(perMonth) ? money(value, perMonth.dimension) : ''));
    return [component, amount, share === undefined ? '' : formatRatio(share), price?.text ?? ''];
  });
  if (components.length > 1) for (const total of totals) rows.push(['in all', money(total.value, total.dimension), '', '']);
  const left = components.flatMap((c) => (isFigure(c.perMonth) ? [] : [c.component]));
  const missing = [
    ...(unpriced.length > 0 ? [`${unpriced.join(', ')} (no cost)`] : []),
    ...(left.length > 0 ? [`${left.join(', ')} (not estimated)`] : []),
  ];
  const table: Part = {
    table: {
      header: ['Cost a month', 'amount', 'share', 'price'],
      rows,
      align: ['left', 'right', 'right', 'left'],
      bars: components.map(({ share }) => (share === undefined ? undefined : { from: 0, to: share })),
    },
  };
  return missing.length > 0 ? [table, { lines: [`Not in the sum: ${missing.join('; ')}.`] }] : [table];
}
