import type { NodeFailure } from '../model/diagram-model.ts';
import { FACES, measure } from '../text/measure.ts';
import { type BadgeKind, badge } from './badges.ts';
import { lineMark } from './chip.ts';
import type { Scene } from './scene.ts';
import { el, type Markup } from './svg-builder.ts';

interface Entry {
  readonly width: number;
  readonly words: string;
  readonly sign: readonly Markup[];
}

const ROW = 26;
const GAP = 28;
const head = (y: number) => el('path', { class: 'head', d: `M30 ${y}l-8-4.200v8.400z` });

/** The signs that occur in this drawing, in rows no wider than `width`; undefined if there is nothing to explain. */
export function drawLegend(scene: Scene, width: number): { readonly height: number; readonly markup: Markup } | undefined {
  const shown = scene.overlay === 'load' ? loadEntries(scene) : plainEntries(scene);
  const entries = scene.failing ? [...failureEntries(scene), ...shown] : shown;
  if (entries.length === 0) return undefined;
  let [x, y] = [0, 0];
  const drawn = entries.map((entry) => {
    const needed = entry.width + 7 + measure(entry.words, FACES.sub) * 1.08;
    if (x > 0 && x + needed > width) [x, y] = [0, y + ROW];
    const markup = el(
      'g',
      { transform: `translate(${Math.round(x)} ${y})` },
      ...entry.sign,
      el('text', { class: 'legend-words label', x: entry.width + 7, y: 4 }, entry.words),
    );
    x += needed + GAP;
    return markup;
  });
  return { height: y + ROW, markup: el('g', { class: 'legend', 'aria-hidden': 'true' }, ...drawn) };
}

function edgeEntries({ model }: Scene): Entry[] {
  const has = (style: string) => model.edges.some((e) => e.style === style);
  const entries: Entry[] = [];
  if (has('sync')) entries.push({ width: 30, words: 'waits for the answer', sign: [el('path', { class: 'edge', d: 'M0 0H24' }), head(0)] });
  if (has('async')) {
    const open = el('path', { class: 'head open', d: 'M23-4.200L30 0l-7 4.200' });
    entries.push({ width: 30, words: 'does not wait', sign: [el('path', { class: 'edge async', d: 'M0 0H30' }), open] });
  }
  if (has('implied')) entries.push({ width: 30, words: 'implied', sign: [el('path', { class: 'edge implied', d: 'M0 0H24' }), head(0)] });
  return entries;
}

function failureEntries({ model, prefix }: Scene): Entry[] {
  const entries: Entry[] = [];
  const has = (state: NodeFailure['state']) => model.nodes.some((n) => n.failure?.state === state);
  const card = { y: -7, width: 26, height: 14, rx: 3 };
  if (has('down') || model.frames.some((f) => f.down)) {
    const sign = el(
      'g',
      { class: 'failure-down' },
      el('rect', { class: 'down-hatch', ...card, fill: `url(#${prefix}down)` }),
      el('rect', { class: 'outline', ...card }),
    );
    entries.push({ width: 26, words: 'down', sign: [sign] });
  }
  if (has('overloaded'))
    entries.push({
      width: 26,
      words: 'overloaded',
      sign: [el('g', { class: 'failure-overloaded' }, el('rect', { class: 'outline', ...card }))],
    });
  if (has('partly'))
    entries.push({
      width: 26,
      words: 'partly down',
      sign: [el('g', { class: 'failure-partly' }, el('rect', { class: 'outline', ...card }))],
    });
  for (const [state, words] of [
    ['dead', 'no request gets through'],
    ['partly', 'some requests fail'],
  ] as const) {
    if (!model.edges.some((e) => e.failure?.state === state)) continue;
    const sign = el('g', { class: state }, el('path', { class: 'edge failing', d: 'M0 0H30' }), lineMark(state, 15, 0));
    entries.push({ width: 30, words, sign: [sign] });
  }
  return entries;
}

function plainEntries(scene: Scene): Entry[] {
  const { model } = scene;
  const entries = edgeEntries(scene);
  if (model.nodes.some((n) => n.pill?.startsWith('×'))) {
    const card = { width: 18, height: 13, rx: 3 };
    const sign = el(
      'g',
      { class: scene.failing ? undefined : 'compute' },
      el('rect', { class: 'back', x: 4, y: -3, ...card }),
      el('rect', { class: 'surface outline-box', x: 0, y: -7, ...card }),
      el('rect', { class: 'outline', x: 0, y: -7, ...card }),
    );
    entries.push({ width: 24, words: '×n replicas', sign: [sign] });
  }
  if (model.nodes.some((n) => n.pill?.includes(' × '))) {
    const sign = [
      el('rect', { class: 'pill', y: -8, width: 38, height: 16, rx: 8 }),
      el('text', { class: 'value', x: 19, y: 4, 'text-anchor': 'middle' }, 'n × r'),
    ];
    entries.push({ width: 38, words: 'shards × copies', sign });
  }
  const names: Readonly<Record<BadgeKind, string>> = { error: 'errors', warning: 'warnings', info: 'info', accepted: 'accepted' };
  for (const kind of ['error', 'warning', 'info', 'accepted'] as const) {
    if (!scene.failing && [...model.nodes, ...model.frames].some((n) => n.findings[kind] > 0)) {
      entries.push({ width: 18, words: names[kind], sign: [badge(kind, 1, 'translate(9 0) scale(.8)')] });
    }
  }
  if (model.loadBars) entries.push(...barEntries(scene));
  return entries;
}

function loadEntries(scene: Scene): Entry[] {
  const swatch = (step: number, words: string): Entry => ({
    width: 26,
    words,
    sign: [
      el('rect', { class: 'surface', y: -7, width: 26, height: 14, rx: 3 }),
      el('rect', { class: `heat${step} swatch`, y: -7, width: 26, height: 14, rx: 3 }),
      ...(step === 4 ? [el('rect', { y: -7, width: 26, height: 14, rx: 3, fill: `url(#${scene.prefix}full)` })] : []),
    ],
  });
  const heat = scene.model.nodes.some((n) => n.load.state === 'estimated')
    ? [swatch(0, '< 40 %'), swatch(1, '40–70'), swatch(2, '70–85'), swatch(3, '85–100'), swatch(4, '> 100 %')]
    : [];
  const widths = scene.model.edges.some((e) => e.rate !== undefined)
    ? [
        {
          width: 26,
          words: 'width: rate, one step a decade',
          sign: [el('path', { class: 'edge w1', d: 'M0-4H26' }), el('path', { class: 'edge w4', d: 'M0 4H26' })],
        },
      ]
    : [];
  return [...heat, ...barEntries(scene), ...widths, ...edgeEntries(scene)];
}

function barEntries({ model, prefix }: Scene): Entry[] {
  const entries: Entry[] = [];
  const target = model.nodes.map((n) => n.load).find((l) => l.state === 'estimated');
  if (target?.state === 'estimated') {
    const targets = new Set(
      model.nodes.map((n) => (n.load.state === 'estimated' ? n.load.target : undefined)).filter((t) => t !== undefined),
    );
    const words = targets.size === 1 ? `load at peak; tick: target ${Math.round(target.target * 100)} %` : 'load at peak; tick: target';
    entries.push({
      width: 34,
      words,
      sign: [
        el('rect', { class: 'track', y: -3.5, width: 34, height: 7, rx: 3.5 }),
        el('rect', { class: 'bar', y: -3.5, width: 18, height: 7, rx: 3.5 }),
        el('path', { class: 'tick', d: 'M24-5.500v11' }),
      ],
    });
  }
  if (model.nodes.some((n) => n.load.state === 'managed' || n.load.state === 'unknown')) {
    entries.push({
      width: 26,
      words: 'load unknown',
      sign: [el('rect', { class: 'unknown', y: -3.5, width: 26, height: 7, rx: 3.5, fill: `url(#${prefix}unknown)` })],
    });
  }
  return entries;
}
