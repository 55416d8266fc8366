import type { FlowOutcome, PreviewTraffic, TrafficOutcome } from '@sysd/language/protocol';
import { button, element, icon, linkButton, section } from './dom.ts';

export interface TrafficPanelActions {
  close(): void;
  copy(text: string): void;
  /** Goes to the declaration of an element. */
  reveal(id: string): void;
}

/** What besides the traffic is not as designed. */
export interface Circumstances {
  /** Title of the scenario. */
  readonly scenario: string | undefined;
  /** What has failed, in words. */
  readonly down: readonly string[];
}

export interface TrafficPanel {
  readonly element: HTMLElement;
  /** Something newer is asked for: what is shown is of before. */
  setWaiting(): void;
  /** Shows an answer of the server, about what is said of the design. */
  show(traffic: PreviewTraffic, selected: string | undefined, of: Circumstances): void;
  showOutcome(outcome: TrafficOutcome): void;
}

const CROSS = 'M4 4l8 8M12 4l-8 8';
const COPY = 'M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8z';
const VERDICTS: Readonly<Record<FlowOutcome['objectives'][number]['verdict'], { readonly word: string; readonly d: string }>> = {
  missed: { word: 'Missed', d: CROSS },
  met: { word: 'Met', d: 'M3.500 8.500l3 3 6-7' },
  'not-estimated': { word: 'Not estimated', d: 'M4 8h8' },
};

/** The estimate at the slider's traffic, beside the drawing. */
export function createTrafficPanel(actions: TrafficPanelActions): TrafficPanel {
  const heading = element('h2', { id: 'traffic-heading' });
  const close = button(icon(CROSS), 'Close the estimate', actions.close);
  const now = element('div', {});
  const later = element('div', { class: 'traffic-outcome' });
  const panel = element(
    'aside',
    { class: 'failures estimate', 'aria-labelledby': 'traffic-heading', hidden: '' },
    element('header', {}, heading, element('span', { class: 'space' }), close),
    element('div', { class: 'failures-body' }, now, later),
  );
  const waiting = (part: HTMLElement, on: boolean): void => {
    part.classList.toggle('waiting', on);
    part.setAttribute('aria-busy', String(on));
  };
  return {
    element: panel,
    setWaiting() {
      waiting(now, true);
      waiting(later, true);
    },
    show(traffic, selected, of) {
      heading.textContent = headingOf(traffic, of);
      waiting(now, false);
      if (traffic.lacking !== undefined) later.replaceChildren();
      now.replaceChildren(...answer(traffic, selected, of, actions));
    },
    showOutcome(outcome) {
      waiting(later, false);
      later.replaceChildren(flows(outcome, actions), section('Whole design', rows(outcome.totals)));
    },
  };
}

function headingOf({ factor }: PreviewTraffic, { scenario }: Circumstances): string {
  if (factor !== 1) return `At ${factor} times the traffic`;
  return scenario === undefined ? 'At the traffic as written' : `In the scenario “${scenario}”`;
}

function answer(
  traffic: PreviewTraffic,
  selected: string | undefined,
  { scenario, down }: Circumstances,
  actions: TrafficPanelActions,
): HTMLElement[] {
  if (traffic.lacking !== undefined) return [element('p', { class: 'hint' }, traffic.lacking)];
  const combined =
    down.length === 0 ? [] : [element('p', { class: 'combined' }, `With ${down.join(', ')} down: rates are those of what is left.`)];
  const within =
    scenario === undefined || traffic.factor === 1 ? [] : [element('p', { class: 'combined' }, `In the scenario “${scenario}”.`)];
  return [...within, ...combined, component(traffic, selected), over(traffic, actions), command(traffic, actions)];
}

function component({ component }: PreviewTraffic, selected: string | undefined): HTMLElement {
  if (!component) {
    const hint =
      selected === undefined ? 'Click a component to see its figures.' : `${selected} has no figures of its own: click a component.`;
    return section('Component', element('p', { class: 'hint' }, hint));
  }
  const made = section(component.element, rows(component.rows));
  made.dataset.component = component.element;
  made.classList.toggle('over', component.over);
  return made;
}

function over({ over }: PreviewTraffic, actions: TrafficPanelActions): HTMLElement {
  if (over.length === 0) return section('Over capacity', element('p', { class: 'hint' }, 'Nothing whose load is estimated.'));
  const items = over.map((one) =>
    element(
      'li',
      {},
      linkButton(one.element, `Go to ${one.element}`, () => actions.reveal(one.element)),
      element('span', { class: 'amount' }, one.utilisation),
    ),
  );
  return section('Over capacity', element('ul', { class: 'over-list' }, ...items));
}

function command({ command }: PreviewTraffic, actions: TrafficPanelActions): HTMLElement {
  const copy = button(icon(COPY), 'Copy the command', () => actions.copy(command));
  copy.dataset.key = 'copy';
  return section('The same on the command line', element('div', { class: 'command' }, element('code', {}, command), copy));
}

function flows({ flows }: TrafficOutcome, actions: TrafficPanelActions): HTMLElement {
  const items = flows.map(({ flow, label, latency, objectives }) =>
    element(
      'li',
      { class: 'flow', 'data-flow': flow },
      linkButton(label, `Go to ${label}`, () => actions.reveal(flow)),
      element('div', {}, latency),
      ...(objectives.length === 0 ? [] : [element('ul', {}, ...objectives.map(objective))]),
    ),
  );
  return section('Flows', element('ul', { class: 'flows' }, ...items));
}

function objective({ text, verdict }: FlowOutcome['objectives'][number]): HTMLElement {
  const { word, d } = VERDICTS[verdict];
  return element('li', { class: `objective ${verdict}` }, icon(d), element('span', {}, `${word}: ${text}`));
}

const rows = (all: readonly { readonly name: string; readonly value: string }[]): HTMLElement =>
  element('dl', {}, ...all.flatMap(({ name, value }) => [element('dt', {}, name), element('dd', {}, value)]));
