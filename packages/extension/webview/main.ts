// The preview's page: shows the server's drawing and tells the extension host what a person does with it.
import type { Overlay, PreviewFailures, PreviewScenarios } from '@sysd/language/protocol';
import type { ToWebview } from '../src/preview/messages.ts';
import { type Camera, zoomStep } from './camera.ts';
import { element } from './dom.ts';
import { FailedSet } from './failed-set.ts';
import { createFailurePanel } from './failure-panel.ts';
import { host } from './host.ts';
import { destination, focusable, makeTabStop } from './keyboard.ts';
import { readSvg } from './read-svg.ts';
import { isAnswerTo, problemInWords, scenarioAloud } from './scenario-choices.ts';
import { createScenarioChooser } from './scenario-chooser.ts';
import { markHovered, markLit, markSelected } from './selection.ts';
import { Stage } from './stage.ts';
import { asTable } from './table.ts';
import { createToolbar, type ToolbarActions } from './toolbar.ts';
import { createTraffic } from './traffic.ts';

const restored = host.getState();
let uri = restored?.uri;
let overlay: Overlay = restored?.overlay ?? 'none';
let camera: Camera | undefined = restored?.camera;
let selected: string | undefined;
let shown = '';
/** What is failed; absent while nobody asks what fails. */
let kill: FailedSet | undefined = restored?.failed && new FailedSet(restored.failed);
/** The newest answer about it. */
let failures: PreviewFailures | undefined;
/** Title of the scenario that is chosen; absent for the design as it is. */
let scenario: string | undefined = restored?.scenario;
let scenarios: PreviewScenarios | undefined;
/** A scenario was chosen before it was known what it sets. */
let loadIsDue = false;
/** Somebody has closed what the scenario fails; told again with the next choice. */
let closed = false;

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
const chooser = createScenarioChooser(chooseScenario);
const actions: ToolbarActions = {
  overlay: (chosen) => chosen !== overlay && host.postMessage({ type: 'overlay', overlay: chosen }),
  zoomIn: () => stage.zoomBy(zoomStep),
  zoomOut: () => stage.zoomBy(1 / zoomStep),
  fit: () => stage.fit(),
  table: (chosen) => {
    tableView.hidden = !chosen;
    surface.hidden = chosen;
    fillTable();
  },
  kill: setKill,
  exportAs: (what) => host.postMessage({ type: 'export', what }),
};
const toolbar = createToolbar(actions, chooser.element);
toolbar.setOverlay(overlay);
const panel = createFailurePanel({
  undo: () => change((set) => set.undo()),
  restoreAll: () => change((set) => set.restoreAll()),
  close() {
    closed = true;
    setKill(false);
    showKill();
  },
  toggle: (target) => change((set) => set.toggle(target, [])),
  replace: (target, by) => change((set) => set.replace(target, by)),
  reveal: (id) => host.postMessage({ type: 'reveal', element: id, focus: false }),
  light: (edges) => stage.svg && markLit(stage.svg, edges),
});
const traffic = createTraffic(restored ?? {}, {
  showLoad: () => overlay === 'none' && host.postMessage({ type: 'overlay', overlay: 'load' }),
  select(id) {
    select(id);
    host.postMessage({ type: 'reveal', element: id, focus: false });
    const part = partOf(id);
    if (part) stage.reveal(part);
  },
  announce: (words) => {
    announcer.textContent = words;
  },
  changed: save,
  circumstances: () => ({ scenario: scenarios?.shown, down: failures?.down.map((one) => one.label) ?? [] }),
});
const side = element('div', { class: 'side' }, panel.element, traffic.panel);
const views = element('div', { class: 'views' }, surface, tableView, side);
document.body.append(toolbar.element, traffic.strip, bar, views, announcer);
showKill();

let saving: ReturnType<typeof setTimeout> | undefined;
function save(): void {
  if (uri === undefined) return;
  clearTimeout(saving);
  const state = {
    uri,
    overlay,
    ...(camera && { camera }),
    ...(kill && { failed: kill.failed }),
    ...(scenario !== undefined && { scenario }),
    ...traffic.state(),
  };
  saving = setTimeout(() => host.setState(state), 100);
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  if (data.type === 'drawing') draw(data);
  else if (data.type === 'redraw') redraw(data);
  else if (data.type === 'outcome') traffic.told(data.outcome);
  else if (data.type === 'highlight') select(data.element ?? undefined);
  else if (data.type === 'problem') say(data.message);
  else if (data.type === 'fail') setFailed(data.failed);
  else if (data.type === 'scenario') chooseScenario(data.scenario);
  else if (data.type === 'toggle') toggle(data.target);
});

function draw(drawing: ToWebview & { type: 'drawing' }): void {
  // Another scenario has been chosen since: its drawing follows.
  if (!isAnswerTo(scenario, drawing.scenarios)) return;
  uri = drawing.uri;
  toolbar.setTitle(drawing.title);
  toolbar.setOverlay(drawing.overlay);
  const style = document.getElementById('drawing-style')!;
  if (style.textContent !== drawing.css) style.textContent = drawing.css;
  const before = scenarios?.shown;
  scenarios = drawing.scenarios;
  chooser.show(scenarios, scenario);
  const stale =
    drawing.stale === undefined ? [] : [drawing.svg === undefined ? drawing.stale : `Showing the last good drawing. ${drawing.stale}`];
  const notes = [...stale, ...problemInWords(scenarios)];
  say(notes.length === 0 ? undefined : notes.join(' '));
  surface.classList.toggle('stale', drawing.stale !== undefined);
  const svg = drawing.svg === undefined || drawing.svg === shown ? undefined : readSvg(drawing.svg);
  if (svg) {
    const focused = stage.svg?.contains(document.activeElement) ? (document.activeElement as SVGElement).dataset.element : undefined;
    shown = drawing.svg!;
    stage.show(svg, selected);
    markSelected(svg, selected);
    offerInMenu(svg);
    fillTable();
    if (focused !== undefined) partOf(focused)?.focus();
    if (drawing.overlay !== overlay)
      announcer.textContent = `${overlayInWords(drawing.overlay, svg)} ${svg.getAttribute('aria-label') ?? ''}`;
  } else if (drawing.svg === undefined && !stage.svg) {
    empty.textContent = 'Nothing to draw yet: declare a component, such as service api.';
  }
  overlay = drawing.overlay;
  if (loadIsDue && scenarios) showItsLoad(scenarios);
  loadIsDue &&= scenarios === undefined;
  const told = showFailures(drawing.failures);
  const another = before === scenarios?.shown ? [] : [scenarioAloud(scenarios)];
  if (another.length + told.length > 0) announcer.textContent = [...another, ...told].join(' ');
  traffic.drawn(svg, drawing.traffic);
  save();
}

/** The same drawing at another traffic. */
function redraw(message: ToWebview & { type: 'redraw' }): void {
  showFailures(message.failures);
  traffic.redraw(message);
  fillTable();
}

function chooseScenario(title: string | undefined): void {
  scenario = title;
  closed = false;
  chooser.show(scenarios, scenario);
  host.postMessage({ type: 'scenario', scenario: title ?? null });
  loadIsDue = scenarios === undefined;
  if (scenarios) showItsLoad(scenarios);
  save();
}

/** What the chosen scenario sets shows in the loads. */
function showItsLoad({ all }: PreviewScenarios): void {
  if (overlay === 'none' && all.some((one) => one.title === scenario && one.sets)) host.postMessage({ type: 'overlay', overlay: 'load' });
}

/** Shows the answer, unless nobody asks any more, and tells it in words. What the design no longer has is not asked for again. */
function showFailures(answer: PreviewFailures | undefined): string[] {
  const before = failures?.down.length ?? 0;
  failures = kill || scenarios?.shown !== undefined ? answer : undefined;
  showKill();
  if (!failures) return [];
  kill?.forget(failures.dropped.map((one) => one.target));
  panel.show(failures, kill?.canUndo ?? false);
  return failures.down.length > 0 || before > 0 ? [failuresInWords(failures)] : [];
}

function failuresInWords({ down, flows }: PreviewFailures): string {
  if (down.length === 0) return 'Everything is restored.';
  const dead = flows.filter((flow) => flow.state === 'fails').map((flow) => flow.label);
  const full = flows.filter((flow) => flow.state === 'overloaded').map((flow) => flow.label);
  const parts = [...(dead.length > 0 ? [`fails: ${dead.join(', ')}`] : []), ...(full.length > 0 ? [`overloaded: ${full.join(', ')}`] : [])];
  return `${down.map((one) => one.label).join(', ')} down; ${parts.length > 0 ? parts.join('; ') : 'no flow fails'}.`;
}

function setKill(on: boolean): void {
  if (on === (kill !== undefined)) return;
  kill = on ? new FailedSet() : undefined;
  askWhatFails();
}

function setFailed(failed: readonly string[]): void {
  if (kill) kill.reset(failed);
  else kill = new FailedSet(failed);
  askWhatFails();
}

function change(act: (set: FailedSet) => void): void {
  if (!kill) return;
  act(kill);
  askWhatFails();
}

/** Fails an element, or restores what is down of it. */
function toggle(target: string, id = target): void {
  kill ??= new FailedSet();
  const down = failures?.down ?? [];
  const given = down.find((one) => one.byScenario && one.target === target);
  if (given) {
    panel.note(`${given.label} fails in the scenario: choose another, or “as designed”.`);
    return;
  }
  const those = down.filter((one) => one.element === id && !one.byScenario).map((one) => one.target);
  change((set) => set.toggle(target, those));
}

function askWhatFails(): void {
  showKill();
  host.postMessage({ type: 'fail', failed: kill?.failed ?? null });
  save();
}

function showKill(): void {
  toolbar.setKill(kill !== undefined);
  panel.element.hidden = kill === undefined && (closed || !failures?.down.some((one) => one.byScenario));
  panel.setKilling(kill !== undefined);
  surface.classList.toggle('killing', kill !== undefined);
}

/** A click or key on the drawing while it is asked what fails. `one`: one instance of it. */
function killAt(target: EventTarget | null, one: boolean): void {
  const part = hit(target, '[data-fail]');
  const id = part?.dataset.fail;
  if (part && id !== undefined) {
    toggle(one && part.matches('.node') ? `${id} 1` : id, id);
    return;
  }
  const other = hit(target, '.node, .frame-box, .frame-head');
  if (!other) return;
  const isClient = other.dataset.kind === 'client';
  announcer.textContent = isClient
    ? 'A client is who notices: it does not fail.'
    : 'A group does not fail as a whole: click what is in it.';
}

/** What VS Code's context menu is about (`webview/context` in the manifest). */
function offerInMenu(svg: SVGSVGElement): void {
  for (const part of svg.querySelectorAll<SVGElement>('[data-fail]')) {
    const context = { webviewSection: 'element', target: part.dataset.fail, preventDefaultContextMenuItems: true };
    part.dataset.vscodeContext = JSON.stringify(context);
  }
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
  traffic.select(id);
  if (stage.svg) markSelected(stage.svg, id);
}

function partOf(id: string): SVGGraphicsElement | undefined {
  const escaped = CSS.escape(id);
  const part = stage.svg?.querySelector<SVGGraphicsElement>(`:is(${focusable})[data-element="${escaped}"]`);
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
  if (part && stage.svg && part.matches(focusable)) makeTabStop(stage.svg, part);
  if (kill) killAt(event.target, event.shiftKey);
  else reveal(part, false);
});
surface.addEventListener('dblclick', (event) => !kill && reveal(hit(event.target), true));
surface.addEventListener('pointerover', (event) => light(hit(event.target, '.node, .zone-chip, .frame-head')));
surface.addEventListener('pointerleave', () => light(undefined));
surface.addEventListener('focusin', (event) => {
  const part = hit(event.target, focusable);
  if (!part || !stage.svg) return;
  makeTabStop(stage.svg, part);
  if (!part.matches(':focus-visible')) return;
  stage.reveal(part);
  if (failures) light(part);
});

/** What has to do with a part of the drawing: the ways of the failures that begin or pass there, else its neighbours. */
function light(part: SVGElement | undefined): void {
  if (!stage.svg) return;
  const id = part?.dataset.element;
  const through = failures?.flows.filter((flow) => flow.chain.some((link) => link.element === id)) ?? [];
  markLit(stage.svg, undefined);
  if (through.length > 0)
    markLit(
      stage.svg,
      through.flatMap((flow) => flow.edges),
    );
  else markHovered(stage.svg, part?.matches('.node') ? id : undefined);
}

document.addEventListener('keydown', (event) => {
  if (kill && (event.ctrlKey || event.metaKey) && event.key === 'z' && !event.shiftKey) {
    change((set) => set.undo());
    event.preventDefault();
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // Other keys choose in a list.
  if (event.target instanceof HTMLSelectElement && event.key !== 'Escape') return;
  if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
  const part = hit(document.activeElement, focusable);
  if (onFailures(event, part)) {
    event.preventDefault();
    return;
  }
  if (onDrawing(event.key, part) || onView(event.key, part)) event.preventDefault();
});

function onFailures({ key, shiftKey }: KeyboardEvent, part: SVGGraphicsElement | undefined): boolean {
  if (key === 'k' || key === 'K') setKill(kill === undefined);
  else if (!kill) return false;
  else if (key === 'u' || key === 'U') change((set) => set.undo());
  else if (key === 'Escape' && kill.failed.length > 0) change((set) => set.restoreAll());
  else if (key === 'Escape') setKill(false);
  else if (part && (key === 'Enter' || key === ' ')) killAt(part, shiftKey);
  else return false;
  return true;
}

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
  else if (key === 't' || key === 'T') traffic.focus();
  else if (key === 's' || key === 'S') chooser.focus();
  else if (key === 'Escape' && !part) select(undefined);
  else if (step && !part && !inToolbar) stage.panBy(step[0]!, step[1]!);
  else return false;
  return true;
}

host.postMessage({
  type: 'ready',
  ...(scenario !== undefined && { scenario }),
  ...(kill && { failed: kill.failed }),
  traffic: traffic.asked(),
});
