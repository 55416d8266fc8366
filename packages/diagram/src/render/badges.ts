import type { FindingCounts } from '../model/diagram-model.ts';
import { el, type Markup } from './svg-builder.ts';

export type BadgeKind = keyof FindingCounts;

/** Octagon error, triangle warning, circle info, circle with a tick accepted: the shape says it without the colour. */
const SHAPES: Readonly<Record<BadgeKind, string>> = {
  error: 'M-4.200-10H4.200L10-4.200V4.200L4.200 10H-4.200L-10 4.200V-4.200Z',
  warning: 'M0-11.500L12 9.500H-12Z',
  info: 'M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0',
  accepted: 'M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0',
};

const ORDER: readonly BadgeKind[] = ['error', 'warning', 'info', 'accepted'];
const STEP = 24;

export function badge(kind: BadgeKind, count: number, transform: string): Markup {
  return el(
    'g',
    { transform },
    el('path', { class: 'badge-ring', d: SHAPES[kind] }),
    el('path', { class: `badge ${kind}`, d: SHAPES[kind] }),
    kind === 'accepted'
      ? el('path', { class: 'badge-tick', d: 'M-4 .2L-1.200 3L4.200-3' })
      : el('text', { class: 'badge-count', y: kind === 'warning' ? 6.5 : 4, 'text-anchor': 'middle' }, count > 9 ? '9+' : String(count)),
  );
}

/** Badges at the top right corner of a card of that width, the gravest outermost. */
export function badges(findings: FindingCounts, width: number): Markup[] {
  return ORDER.filter((kind) => findings[kind] > 0).map((kind, i) => badge(kind, findings[kind], `translate(${width - 6 - i * STEP} 0)`));
}

/** `1 error, 2 warnings`, or undefined if there are none. */
export function findingsInWords(findings: FindingCounts): string | undefined {
  const words: Readonly<Record<BadgeKind, [string, string]>> = {
    error: ['error', 'errors'],
    warning: ['warning', 'warnings'],
    info: ['info', 'info'],
    accepted: ['accepted finding', 'accepted findings'],
  };
  const parts = ORDER.filter((kind) => findings[kind] > 0).map((kind) => `${findings[kind]} ${words[kind][findings[kind] === 1 ? 0 : 1]}`);
  return parts.length === 0 ? undefined : parts.join(', ');
}
