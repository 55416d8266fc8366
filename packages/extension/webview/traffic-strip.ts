import type { PreviewTraffic, TrafficBreak } from '@sysd/language/protocol';
import { button, element } from './dom.ts';
import { drawMarks } from './traffic-marks.ts';
import { factorAfter, factorAt, MARKED, placeOf, readFactor, trafficAloud } from './traffic-scale.ts';

export interface StripActions {
  /** Another factor; called for each move of the slider. */
  change(factor: number): void;
  /** Shows the estimate beside the drawing, or no longer. */
  estimate(shown: boolean): void;
  /** Shows a component in the drawing and the text. */
  select(id: string): void;
}

export interface TrafficStrip {
  readonly element: HTMLElement;
  setFactor(factor: number): void;
  setEstimate(shown: boolean): void;
  show(traffic: PreviewTraffic): void;
  focus(): void;
}

/** So many are told in words; all have a mark on the slider. */
const MOST_NAMED = 5;
const RESOLUTION = 1000;

/** The slider of the traffic, with what breaks first. */
export function createTrafficStrip(actions: StripActions): TrafficStrip {
  let factor = 1;
  let breaks: readonly TrafficBreak[] = [];
  const range = element('input', {
    type: 'range',
    id: 'traffic-range',
    min: '0',
    max: String(RESOLUTION),
    value: '0',
    title: 'Traffic: arrows change it, Page Up and Page Down go to the next mark, a double click goes back to 1x (T)',
  });
  const marks = element('div', { class: 'traffic-marks' });
  const typed = element('input', {
    type: 'text',
    inputmode: 'decimal',
    class: 'traffic-factor',
    'aria-label': 'Times the traffic',
    value: '1',
  });
  const problem = element('span', { class: 'traffic-problem', role: 'alert' });
  const words = element('div', { class: 'breaks' });
  const estimate = button('Estimate', 'Figures at this traffic beside the drawing', () =>
    actions.estimate(estimate.getAttribute('aria-pressed') !== 'true'),
  );
  estimate.setAttribute('aria-pressed', 'false');

  const show = (): void => {
    range.value = String(Math.round(placeOf(factor) * RESOLUTION));
    range.setAttribute(
      'aria-valuetext',
      trafficAloud(
        factor,
        passed().map((one) => one.element),
      ),
    );
    typed.value = String(factor);
    problem.textContent = '';
    marks.replaceChildren(drawMarks(factor, breaks));
    for (const chip of words.querySelectorAll<HTMLElement>('.break')) chip.classList.toggle('passed', Number(chip.dataset.at) < factor);
  };
  const passed = (): readonly TrafficBreak[] => breaks.filter((one) => one.at < factor);
  const set = (to: number): void => {
    if (to === factor) return;
    factor = to;
    show();
    actions.change(factor);
  };

  range.addEventListener('input', () => set(factorAt(Number(range.value) / RESOLUTION)));
  range.addEventListener('change', show);
  range.addEventListener('dblclick', () => set(1));
  range.addEventListener('keydown', (event) => {
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : factorAfter(event.key, factor);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(to);
  });
  typed.addEventListener('change', () => {
    const read = readFactor(typed.value);
    if (read === undefined) problem.textContent = `from ${MARKED[0]} to ${MARKED.at(-1)}`;
    else if (read === factor) show();
    else set(read);
  });
  typed.addEventListener('focus', () => typed.select());

  const strip = element(
    'section',
    { class: 'traffic', 'aria-label': 'Traffic' },
    element('label', { class: 'traffic-name', for: 'traffic-range' }, 'Traffic'),
    element('div', { class: 'traffic-slider' }, marks, range),
    element('div', { class: 'traffic-typed' }, typed, element('span', { 'aria-hidden': 'true' }, 'x'), problem),
    estimate,
    words,
  );
  return {
    element: strip,
    focus: () => range.focus(),
    setFactor(to) {
      factor = to;
      show();
    },
    setEstimate: (shown) => estimate.setAttribute('aria-pressed', String(shown)),
    show(traffic) {
      breaks = traffic.breaks;
      const off = traffic.lacking !== undefined;
      for (const input of [range, typed]) input.disabled = off;
      strip.classList.toggle('off', off);
      const focused = words.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
      words.replaceChildren(...breaksInWords(traffic, actions));
      if (focused !== undefined) words.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
      show();
    },
  };
}

function breaksInWords({ breaks, lacking, unbroken }: PreviewTraffic, actions: StripActions): Node[] {
  if (lacking !== undefined) return [element('p', { class: 'breaks-none' }, lacking)];
  const heading = element('h2', { id: 'breaks-heading' }, 'Breaks first');
  if (breaks.length === 0) return [heading, element('p', { class: 'breaks-none' }, unbroken ?? '')];
  const more = breaks.length - MOST_NAMED;
  const items = breaks.slice(0, MOST_NAMED).map((one, i) => element('li', {}, chip(one, i + 1, actions)));
  const rest = breaks.slice(MOST_NAMED).map((one) => `${one.element} ${one.text}`);
  if (more > 0) items.push(element('li', { class: 'breaks-more', title: rest.join(', ') }, `+${more} more`));
  return [heading, element('ol', { 'aria-labelledby': 'breaks-heading' }, ...items)];
}

function chip({ element: id, at, text }: TrafficBreak, rank: number, actions: StripActions): HTMLElement {
  const when = at < 1 ? 'now' : text;
  const title = at < 1 ? `${id} is over capacity: it carries ${text} of the traffic` : `${id} is full at ${text} the traffic`;
  const made = button(element('span', { class: 'rank' }, String(rank)), title, () => actions.select(id));
  made.append(element('span', { class: 'break-name' }, id), element('span', { class: 'break-at' }, when));
  made.classList.add('break');
  made.dataset.at = String(at);
  made.dataset.key = `break ${id}`;
  return made;
}
