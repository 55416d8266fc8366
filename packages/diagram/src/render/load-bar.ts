import type { NodeLoad } from '../model/diagram-model.ts';
import { measure } from '../text/measure.ts';
import { percentText } from '../text/quantities.ts';
import type { Silhouette } from './silhouettes.ts';
import { el, type Markup, number } from './svg-builder.ts';

const BAR_HEIGHT = 7;
const GAP = 7;
const PERCENT = { size: 12, bold: true };
const WORDS = { size: 11 };

/** More than rounding noise above 100 %: with just the traffic that fills a component it is full and not over. */
const OVER = 1 + 1e-9;

/** Step of the heat scale for a utilisation: below 40, 70, 85, 100 %, and above. */
export function heatStep(utilisation: number): 0 | 1 | 2 | 3 | 4 {
  if (utilisation > OVER) return 4;
  if (utilisation > 0.85) return 3;
  if (utilisation > 0.7) return 2;
  return utilisation >= 0.4 ? 1 : 0;
}

/** What the bar says, for the accessible name. */
export function loadInWords(load: NodeLoad): string | undefined {
  switch (load.state) {
    case 'estimated':
      return `${percentText(load.utilisation)} of capacity at peak`;
    case 'managed':
      return 'managed: its load is the provider’s';
    case 'unknown':
      return `load not estimated: ${load.reason}`;
    case 'none':
      return undefined;
  }
}

/** The bar with its words, at the bottom of a card. Unknown is hatched, never empty. */
export function loadBar(load: NodeLoad, shape: Silhouette, width: number, height: number, prefix: string): Markup[] {
  if (load.state === 'none') return [];
  const right = width - shape.barEnd;
  const y = height - 17 - (shape.lid > 0 ? 1 : 0);
  const x = shape.barStart;
  const known = load.state === 'estimated';
  const words = known ? percentText(load.utilisation) : load.state === 'managed' ? 'managed' : 'not estimated';
  const room =
    right - x - GAP - Math.max(measure(words, known ? PERCENT : WORDS) * (known ? 1 : 1.1), known ? measure('88 %', PERCENT) : 0);
  const pill = { x, y, width: room, height: BAR_HEIGHT, rx: BAR_HEIGHT / 2 };
  const text = el(
    'text',
    { class: known ? 'percent on-surface' : 'sub load-word on-surface', x: right, y: y + 8, 'text-anchor': 'end' },
    words,
  );
  if (!known) return [el('rect', { class: 'unknown', ...pill, fill: `url(#${prefix}unknown)` }), text];
  const full = load.utilisation > OVER;
  const filled = load.utilisation === 0 ? 0 : Math.max(BAR_HEIGHT / 2, Math.min(1, load.utilisation) * room);
  const target = x + Math.min(1, load.target) * room;
  return [
    el('rect', { class: 'track', ...pill }),
    ...(filled > 0 ? [el('rect', { class: 'bar', ...pill, width: filled })] : []),
    ...(full ? [el('rect', { ...pill, fill: `url(#${prefix}full)` })] : []),
    el('path', { class: 'tick', d: `M${number(target)} ${y - 2}v11` }),
    ...(filled > target - x ? [el('path', { class: 'tick-inside', d: `M${number(target)} ${y}v7` })] : []),
    text,
  ];
}

/** The hatches: over capacity, unknown, and down where something can be. `prefix` keeps their ids apart from those of another diagram on the same page. */
export function hatches(prefix: string, failing: boolean): Markup {
  const pattern = (id: string, size: number, line: string) =>
    el(
      'pattern',
      { id: prefix + id, width: size, height: size, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      el('path', { class: line, d: `M0 0V${size}` }),
    );
  const down = failing ? pattern('down', 7, 'hatch-down') : undefined;
  return el('defs', {}, pattern('full', 6, 'hatch-full'), pattern('unknown', 5, 'hatch-unknown'), down);
}
