import { COUNT, type Component, type Estimate, type Figure, property, type Quantity, TIME, YEAR } from '@sysd/core';
import { compute, leaf } from '../figure/make.ts';

/** How much what starts at a component grows in a year (0.5: by half); undefined where nobody says. */
export function growthPerYear(source: Component): Figure | undefined {
  const growth = property(source.properties, 'growth');
  return growth && leaf(`${source.id}.growth`, growth.value.value * YEAR, COUNT, growth);
}

/** Compound growth: times after so many years. */
export const compound = (perYear: number, years: number): number => (1 + perYear) ** years;

/** Times the present traffic of a source at a time from now. */
export function grownBy(source: string, perYear: Figure, { value, text }: Quantity): Estimate {
  const time = { value, dimension: TIME, label: 'time from now', ...(text === undefined ? {} : { text }) };
  return compute(`growth of ${source} in ${text}`, '(1 + growth)^years', [perYear, time], COUNT, (g, t) => compound(g, t / YEAR));
}
