import { el, type Markup } from '../render/svg-builder.ts';
import { measure, truncate } from '../text/measure.ts';
import { type Axis, axisOver, positionOn, ticksOf } from './ticks.ts';

export interface ChartLine {
  readonly name: string;
  /** By x; a point without a value is a gap. */
  readonly points: readonly (readonly [x: number, y: number | undefined])[];
}

export interface ChartPanel {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** A level to compare with, such as 100 %. */
  readonly level?: { readonly value: number; readonly name: string };
}

export interface LineChart {
  readonly title: string;
  readonly x: { readonly title: string; readonly log: boolean; readonly format: (value: number) => string };
  /** One below the other, over the same x axis. */
  readonly panels: readonly ChartPanel[];
}

/** Okabe and Ito's colours that stand out on white, which also colour-blind readers tell apart; lines are labelled at their ends besides. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#A6498A', '#8A6D00', '#56606B'];
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3', '12 4', '4 4'];
const INK = '#1F2328';
const MUTED = '#59636E';
const GRID = '#E4E8EC';
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const WIDTH = 860;
const LEFT = 72;
const RIGHT = 190;
const TOP = 56;
const PANEL = 230;
const BETWEEN = 56;
const FACE = { size: 12 };

/** Lines over a common x axis as SVG text, in panels one below the other. Y axes are logarithmic where their values span more than a factor of 30. */
export function renderLineChart({ title, x, panels }: LineChart): string {
  const height = TOP + panels.length * (PANEL + BETWEEN) + 8;
  const xs = panels.flatMap((p) => p.lines.flatMap((l) => l.points.map(([at]) => at)));
  const across = axisOver(xs.length > 0 ? xs : [0], x.log);
  // A linear axis need not begin at 0: what is swept may run from 5 to 10.
  const xAxis = across.log || Math.min(...xs) === Math.max(...xs) ? across : { ...across, low: Math.min(...xs), high: Math.max(...xs) };
  const drawn = panels.map((panel, i) => drawPanel(panel, TOP + 24 + i * (PANEL + BETWEEN), xAxis, x));
  const content = [
    el('title', {}, title),
    el('rect', { width: WIDTH, height, fill: '#FFFFFF' }),
    text(title, 16, 28, { size: 16, weight: 600, fill: INK }),
    ...drawn,
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: WIDTH,
    height,
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'font-family': FONT,
  };
  return el('svg', attributes, ...content).svg;
}

function drawPanel(panel: ChartPanel, top: number, xAxis: Axis, x: LineChart['x']): Markup {
  const values = panel.lines.flatMap((l) => l.points.flatMap(([, y]) => (y === undefined ? [] : [y])));
  const all = panel.level ? [...values, panel.level.value] : values;
  const positive = all.filter((v) => v > 0);
  const wide = positive.length === all.length && Math.max(...all) / Math.min(...all) > 30;
  const yAxis = axisOver(all.length > 0 ? all : [0], wide);
  const toX = (value: number) => LEFT + positionOn(xAxis, value) * (WIDTH - LEFT - RIGHT);
  const toY = (value: number) => top + PANEL - positionOn(yAxis, value) * PANEL;
  const parts: Markup[] = [text(panel.title, LEFT, top - 10, { size: 13, weight: 600, fill: INK })];
  for (const tick of ticksOf(yAxis)) {
    parts.push(el('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: toY(tick), y2: toY(tick), stroke: GRID }));
    parts.push(text(panel.format(tick), LEFT - 8, toY(tick) + 4, { anchor: 'end', fill: MUTED }));
  }
  for (const tick of ticksOf(xAxis)) {
    parts.push(el('line', { x1: toX(tick), x2: toX(tick), y1: top, y2: top + PANEL, stroke: GRID }));
    parts.push(text(x.format(tick), toX(tick), top + PANEL + 16, { anchor: 'middle', fill: MUTED }));
  }
  parts.push(text(x.title, WIDTH - RIGHT, top + PANEL + 32, { anchor: 'end', fill: MUTED }));
  parts.push(el('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: top + PANEL, y2: top + PANEL, stroke: MUTED }));
  const ends: End[] = [];
  if (panel.level) {
    const y = toY(panel.level.value);
    parts.push(
      el('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, stroke: '#B01E0A', 'stroke-width': 1.5, 'stroke-dasharray': '3 3' }),
    );
    ends.push({ y, name: panel.level.name, colour: '#B01E0A' });
  }
  panel.lines.forEach((line, i) => {
    const colour = COLOURS[i % COLOURS.length] as string;
    for (const run of runsOf(line)) {
      const points = run.map(([at, y]) => `${round(toX(at))},${round(toY(y))}`).join(' ');
      parts.push(
        el('polyline', {
          points,
          fill: 'none',
          stroke: colour,
          'stroke-width': 2,
          'stroke-dasharray': DASHES[i % DASHES.length],
          'stroke-linejoin': 'round',
        }),
      );
      if (run.length === 1) parts.push(el('circle', { cx: toX(run[0]![0]), cy: toY(run[0]![1]), r: 3, fill: colour }));
    }
    const last = line.points.findLast(([, y]) => y !== undefined);
    if (last) {
      // Its label stands at the edge all the same.
      const name = last === line.points.at(-1) ? line.name : `${line.name} (unknown beyond)`;
      ends.push({ y: toY(last[1] as number), name, colour });
    }
  });
  for (const { y, name, colour, from } of spread(ends, top, top + PANEL)) {
    parts.push(el('line', { x1: WIDTH - RIGHT + 2, x2: WIDTH - RIGHT + 14, y1: from, y2: y, stroke: colour }));
    parts.push(text(truncate(name, RIGHT - 26, FACE), WIDTH - RIGHT + 18, y + 4, { fill: colour }));
  }
  return el('g', {}, ...parts);
}

interface End {
  readonly y: number;
  readonly name: string;
  readonly colour: string;
}

const LINE_HEIGHT = 15;

/** Labels apart from each other, each as near to the end of its line as there is room. */
function spread(ends: readonly End[], top: number, bottom: number): (End & { readonly from: number })[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y).map((end) => ({ ...end, from: end.y }));
  let least = top;
  for (const end of sorted) {
    end.y = Math.max(end.y, least);
    least = end.y + LINE_HEIGHT;
  }
  let most = Math.max(bottom, top + (sorted.length - 1) * LINE_HEIGHT);
  for (const end of sorted.toReversed()) {
    end.y = Math.min(end.y, most);
    most = end.y - LINE_HEIGHT;
  }
  return sorted;
}

/** Stretches without gaps. */
function runsOf({ points }: ChartLine): [number, number][][] {
  const runs: [number, number][][] = [[]];
  for (const [x, y] of points) {
    if (y === undefined) runs.push([]);
    else runs.at(-1)?.push([x, y]);
  }
  return runs.filter((run) => run.length > 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;

function text(
  content: string,
  x: number,
  y: number,
  style: { readonly size?: number; readonly weight?: number; readonly fill: string; readonly anchor?: string },
): Markup {
  const size = style.size ?? FACE.size;
  // What is wider than the drawing would be cut at its edge.
  const shown =
    style.anchor === undefined && measure(content, { size }) > WIDTH - x - 8 ? truncate(content, WIDTH - x - 8, { size }) : content;
  return el('text', { x, y, 'font-size': size, 'font-weight': style.weight, fill: style.fill, 'text-anchor': style.anchor }, shown);
}
