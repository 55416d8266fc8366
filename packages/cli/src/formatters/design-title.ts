import { type Design, type Quantity, targetText } from '@sysd/core';

/** How much more or less traffic than written is asked about: `5 times the traffic`. */
export const trafficText = (factor: number): string => `${factor} times the traffic`;

/** When a design is seen: `in 3 years`. */
export function horizonText({ text = '' }: Quantity): string {
  return `in ${text.replace(/^(?!1 ?[a-z])([\d.]+\S?) ?(day|week|month|year)$/, '$1 $2s')}`;
}

/** What is answered about: the design, its scenario, the time at which it is seen, and what has failed in it. */
export function designTitle(design: Design): string {
  const scenario = design.scenario === undefined ? '' : `, scenario "${design.scenario}"`;
  const horizon = design.horizon === undefined ? '' : `, ${horizonText(design.horizon)}`;
  const set = design.set === undefined ? '' : `, with ${design.set.join(', ')}`;
  const traffic = design.traffic === undefined ? '' : `, at ${trafficText(design.traffic)}`;
  const failed = design.failed.length === 0 ? '' : `, with ${design.failed.map(targetText).join(', ')} failed`;
  return `${design.title ?? design.id}${scenario}${horizon}${set}${traffic}${failed}`;
}
