/** The scale of the traffic slider: logarithmic from as written (1) to 100 times as much. */

import { MOST_TRAFFIC } from '@sysd/language/protocol';

/** Written beside the slider; Page Up and Page Down go from one to the next. */
export const MARKED = [1, 2, 5, 10, 20, 50, 100] as const;

/** Where a factor stands on the slider, from 0 to 1; what lies beyond an end stands there. */
export function placeOf(factor: number): number {
  return Math.min(1, Math.max(0, Math.log(factor) / Math.log(MOST_TRAFFIC)));
}

/** The factor at a place, with two figures: a hand does not set more. */
export function factorAt(place: number): number {
  return clamped(Number((MOST_TRAFFIC ** place).toPrecision(2)));
}

/** The factor that a key leads to; undefined for other keys. Arrows change the second figure. */
export function factorAfter(key: string, factor: number): number | undefined {
  const tenths = factor * 10;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return clamped(factor < 10 ? Math.floor(tenths + 1 + 1e-9) / 10 : Math.floor(factor + 1 + 1e-9));
    case 'ArrowLeft':
    case 'ArrowDown':
      return clamped(factor <= 10 ? Math.ceil(tenths - 1 - 1e-9) / 10 : Math.ceil(factor - 1 - 1e-9));
    case 'PageUp':
      return MARKED.find((mark) => mark > factor + 1e-9) ?? MOST_TRAFFIC;
    case 'PageDown':
      return MARKED.findLast((mark) => mark < factor - 1e-9) ?? 1;
    case 'Home':
      return 1;
    case 'End':
      return MOST_TRAFFIC;
    default:
      return undefined;
  }
}

/** A factor as a person types it: `5`, `1.31x`; undefined for anything that is not on the scale. */
export function readFactor(text: string): number | undefined {
  const factor = Number(/^\s*(\d+(?:\.\d+)?)\s*[x×]?\s*$/i.exec(text)?.[1]);
  return factor >= 1 && factor <= MOST_TRAFFIC ? factor : undefined;
}

const clamped = (factor: number): number => Math.min(MOST_TRAFFIC, Math.max(1, factor));

/** For the ear: `5 times; timelines, api and 3 more over capacity`. */
export function trafficAloud(factor: number, over: readonly string[]): string {
  const times = factor === 1 ? 'as written' : `${factor} times`;
  if (over.length === 0) return `${times}; nothing over capacity`;
  const named = over.length > 3 ? over.slice(0, 2) : over;
  const more = over.length - named.length;
  const list =
    more > 0
      ? `${named.join(', ')} and ${more} more`
      : named.length > 1
        ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
        : named[0];
  return `${times}; ${list} over capacity`;
}
