// The preview's page: shows the server's drawing and tells the extension host what a person does with it.
import type { Overlay } from '@sysd/language/protocol';
import type { ToWebview } from '../src/preview/messages.ts';
import { type Camera, zoomStep } from './camera.ts';
import { element } from './dom.ts';
import { host } from './host.ts';
import { destination, makeTabStop } from './keyboard.ts';
import { readSvg } from './read-svg.ts';
import { markHovered, markSelected } from './selection.ts';
import { Stage } from './stage.ts';
import { asTable } from './table.ts';
import { createToolbar } from './toolbar.ts';

const restored = host.getState();
let uri = restored?.uri;
let overlay: Overlay = restored?.overlay ?? 'none';
let camera: Camera | undefined = restored?.camera;
let selected: string | undefined;
let shown = '';

const bar = element('div', { class: 'stale-bar', role: 'status', hidden: '' });
const empty = element('p', { class: 'empty' }, 'Drawing …');
const surface = element('main', { class: 'stage', 'aria-label': 'Diagram' }, empty);
const tableView = element('div', { class: 'table', hidden: '' });
const announcer = element('div', { class: 'sr-only', role: 'status', 'aria-live': 'polite' });
const stage = new Stage(surface, camera, (now) => {
  camera = now;
  toolbar.setZoom(now.zoom);
  save();
});
const toolbar = createToolbar({
  overlay: (chosen) => chosen !== overlay && host.postMessage({ type: 'overlay', overlay: chosen }),
  zoomIn: () => stage.zoomBy(zoomStep),
  zoomOut: () => stage.zoomBy(1 / zoomStep),
  fit: () => stage.fit(),
  table: (chosen) => {
    tableView.hidden = !chosen;
    surface.hidden = chosen;
    fillTable();
  },
  exportAs: (what) => host.postMessage({ type: 'export', what }),
});
toolbar.setOverlay(overlay);
document.body.append(toolbar.element, bar, surface, tableView, announcer);

let saving: ReturnType<typeof setTimeout> | undefined;
function save(): void {
  if (uri === undefined) return;
  clearTimeout(saving);
  const state = { uri, overlay, ...(camera && { camera }) };
  saving = setTimeout(() => host.setState(state), 100);
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  if (data.type === 'drawing') draw(data);
  else if (data.type === 'highlight') select(data.element ?? undefined);
  else if (data.type === 'problem') say(data.message);
});

function draw(drawing: ToWebview & { type: 'drawing' }): void {
  uri = drawing.uri;
  toolbar.setTitle(drawing.title);
  toolbar.setOverlay(drawing.overlay);
  const style = document.getElementById('drawing-style')!;
  if (style.textContent !== drawing.css) style.textContent = drawing.css;
  say(
    drawing.stale === undefined ? undefined : drawing.svg === undefined ? drawing.stale : `Showing the last good drawing. ${drawing.stale}`,
  );
  surface.classList.toggle('stale', drawing.stale !== undefined);
  const svg = drawing.svg === undefined || drawing.svg === shown ? undefined : readSvg(drawing.svg);
  if (svg) {
    const focused = stage.svg?.contains(document.activeElement) ? (document.activeElement as SVGElement).dataset.element : undefined;
    shown = drawing.svg!;
    stage.show(svg, selected);
    markSelected(svg, selected);
    fillTable();
    if (focused !== undefined) partOf(focused)?.focus();
    if (drawing.overlay !== overlay)
      announcer.textContent = `${overlayInWords(drawing.overlay, svg)} ${svg.getAttribute('aria-label') ?? ''}`;
  } else if (drawing.svg === undefined && !stage.svg) {
    empty.textContent = 'Nothing to draw yet: declare a component, such as service api.';
  }
  overlay = drawing.overlay;
  save();
}

function fillTable(): void {
  if (tableView.hidden || !stage.svg) return;
  tableView.replaceChildren(asTable(stage.svg, (id) => host.postMessage({ type: 'reveal', element: id, focus: true })));
}

function overlayInWords(now: Overlay, svg: SVGSVGElement): string {
  if (now === 'none') return 'Overlay off.';
  const over = svg.querySelectorAll('.node.over').length;
  return `Load at peak: ${over === 0 ? 'no component is' : over === 1 ? 'one component is' : `${over} components are`} over capacity.`;
}

function say(message: string | undefined): void {
  bar.hidden = message === undefined;
  bar.textContent = message ?? '';
}

function select(id: string | undefined): void {
  selected = id;
  if (stage.svg) markSelected(stage.svg, id);
}

function partOf(id: string): SVGGraphicsElement | undefined {
  const part = stage.svg?.querySelector<SVGGraphicsElement>(
    `.node[data-element="${CSS.escape(id)}"], .frame-box[data-element="${CSS.escape(id)}"]`,
  );
  return part ?? undefined;
}

const hit = (target: EventTarget | null, selector = '[data-element]') =>
  (target as Element | null)?.closest<SVGGraphicsElement>(selector) ?? undefined;

function reveal(part: SVGElement | undefined, focus: boolean): void {
  const id = part?.dataset.element;
  if (id === undefined) return;
  select(id);
  host.postMessage({ type: 'reveal', element: id, focus });
}

surface.addEventListener('click', (event) => {
  const part = hit(event.target);
  if (part && stage.svg && part.matches('.node, .frame-box')) makeTabStop(stage.svg, part);
  reveal(part, false);
});
surface.addEventListener('dblclick', (event) => reveal(hit(event.target), true));
surface.addEventListener('pointerover', (event) => stage.svg && markHovered(stage.svg, hit(event.target, '.node')?.dataset.element));
surface.addEventListener('pointerleave', () => stage.svg && markHovered(stage.svg, undefined));
surface.addEventListener('focusin', (event) => {
  const part = hit(event.target, '.node, .frame-box');
  if (!part || !stage.svg) return;
  makeTabStop(stage.svg, part);
  if (part.matches(':focus-visible')) stage.reveal(part);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const part = hit(document.activeElement, '.node, .frame-box');
  if (onDrawing(event.key, part) || onView(event.key, part)) event.preventDefault();
});

function onDrawing(key: string, part: SVGGraphicsElement | undefined): boolean {
  if (!part || !stage.svg) return false;
  if (key === 'Enter' || key === ' ') reveal(part, key === 'Enter');
  else if (key === 'Escape') part.blur();
  else {
    const next = destination(stage.svg, part, key);
    if (!next) return false;
    next.focus();
  }
  return true;
}

function onView(key: string, part: SVGGraphicsElement | undefined): boolean {
  const inToolbar = toolbar.element.contains(document.activeElement);
  const step = { ArrowUp: [0, 60], ArrowDown: [0, -60], ArrowLeft: [60, 0], ArrowRight: [-60, 0] }[key];
  if (key === '+' || key === '=') stage.zoomBy(zoomStep);
  else if (key === '-' || key === '_') stage.zoomBy(1 / zoomStep);
  else if (key === '0') stage.fit();
  else if (key === 'Escape' && !part) select(undefined);
  else if (step && !part && !inToolbar) stage.panBy(step[0]!, step[1]!);
  else return false;
  return true;
}

host.postMessage({ type: 'ready' });
