import type { TrafficBreak } from '@sysd/language/protocol';
import { MARKED, placeOf } from './traffic-scale.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Middle of the line along which the slider runs, px from the top. */
const LINE = 22;

/** The slider's line with its scale below, and above it a mark where each component passes its capacity: filled where the traffic has passed it. */
export function drawMarks(factor: number, breaks: readonly TrafficBreak[]): SVGSVGElement {
  const at = (place: number) => `${(place * 100).toFixed(2)}%`;
  const here = at(placeOf(factor));
  return part(
    'svg',
    { class: 'traffic-scale', width: '100%', height: '44', 'aria-hidden': 'true' },
    part('line', { class: 'traffic-line', x1: '0', x2: '100%', y1: LINE, y2: LINE }),
    part('line', { class: 'traffic-run', x1: '0', x2: here, y1: LINE, y2: LINE }),
    ...MARKED.map((mark) => {
      const x = at(placeOf(mark));
      const label = part('text', { class: 'traffic-number', x, y: LINE + 20, 'text-anchor': 'middle' });
      label.append(`${mark}x`);
      return part('g', {}, part('line', { class: 'traffic-tick', x1: x, x2: x, y1: LINE + 5, y2: LINE + 9 }), label);
    }),
    ...[...breaks].reverse().map((one) => {
      const mark = part('svg', { x: at(placeOf(one.at)), y: 3, overflow: 'visible' }, part('path', { d: 'M-5 0H5L0 8z' }));
      mark.setAttribute('class', one.at < factor ? 'traffic-break passed' : 'traffic-break');
      return mark;
    }),
  );
}

function part<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
  ...content: Node[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...content);
  return made;
}
