import type { DownElement, FlowVerdict, PreviewFailures } from '@sysd/language/protocol';
import { button, element, icon, linkButton, section } from './dom.ts';

export interface PanelActions {
  undo(): void;
  restoreAll(): void;
  close(): void;
  toggle(target: string): void;
  replace(target: string, by: string): void;
  /** Goes to the declaration of an element. */
  reveal(element: string): void;
  /** Lights edges of the drawing up; undefined: none. */
  light(edges: readonly string[] | undefined): void;
}

export interface FailurePanel {
  readonly element: HTMLElement;
  /** Shows an answer of the server, and whether there is something to undo. */
  show(failures: PreviewFailures, canUndo: boolean): void;
  /** Whether a click in the drawing fails something; without, the panel tells what the scenario fails. */
  setKilling(on: boolean): void;
  /** Says why a click did nothing, until the next answer. */
  note(words: string): void;
}

const CROSS = 'M4 4l8 8M12 4l-8 8';
const signs: Readonly<Record<FlowVerdict['state'], { readonly word: string; readonly d: string }>> = {
  fails: { word: 'Fails', d: CROSS },
  overloaded: { word: 'Overloaded', d: 'M8 3v6M8 12v.5' },
  degraded: { word: 'Degraded', d: 'M11 3L5 13' },
  unaffected: { word: 'Unaffected', d: 'M3.500 8.500l3 3 6-7' },
};
const order: readonly FlowVerdict['state'][] = ['fails', 'overloaded', 'degraded'];

/** The answer to "what fails when …", in words, beside the drawing. */
export function createFailurePanel(actions: PanelActions): FailurePanel {
  const undo = button('Undo', 'Undo the last change (U)', actions.undo);
  const restore = button('Restore all', 'Restore everything (Escape)', actions.restoreAll);
  const close = button(icon(CROSS), 'Leave (K)', actions.close);
  const heading = element('h2', { id: 'failures-heading' }, 'What fails');
  const note = element('p', { class: 'note', role: 'status', hidden: '' });
  const body = element('div', { class: 'failures-body' });
  const panel = element(
    'aside',
    { class: 'failures', 'aria-labelledby': 'failures-heading', hidden: '' },
    element('header', {}, heading, element('span', { class: 'space' }), undo, restore, close),
    note,
    body,
  );
  return {
    element: panel,
    note(words) {
      note.textContent = words;
      note.hidden = false;
    },
    setKilling(on) {
      undo.hidden = !on;
      restore.hidden = !on;
      close.title = on ? 'Leave (K)' : 'Close';
      close.setAttribute('aria-label', on ? 'Leave' : 'Close what fails');
    },
    show(failures, canUndo) {
      note.hidden = true;
      undo.disabled = !canUndo;
      restore.disabled = failures.down.every((one) => one.byScenario);
      // What the keyboard is on stays under it: its place in the new list, if there is one.
      const focused = body.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
      body.replaceChildren(
        ...dropped(failures),
        failures.down.length === 0
          ? element('p', { class: 'hint' }, 'Click what is to fail: a component, a zone, a region. Shift-click fails one instance of it.')
          : down(failures.down, actions),
        ...flows(failures, actions),
        places(failures, actions),
      );
      if (focused !== undefined) body.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

function dropped({ dropped }: PreviewFailures): HTMLElement[] {
  if (dropped.length === 0) return [];
  const words = dropped.map(({ target, reason }) => element('li', {}, `${target} is no longer failed: ${reason}.`));
  return [element('ul', { class: 'dropped', role: 'status' }, ...words)];
}

interface Extent {
  readonly target: string;
  readonly name: string;
  readonly choices: NonNullable<DownElement['choices']>;
}

function down(elements: readonly DownElement[], actions: PanelActions): HTMLElement {
  const items = elements.map(({ target, element: id, label, choices, byScenario }) => {
    if (byScenario) {
      const given = element('span', { class: 'by-scenario', title: 'The scenario fails it' }, 'scenario');
      return element('li', {}, element('span', { class: 'name' }, label), given);
    }
    const name = choices ? id : label;
    const extent = choices && select({ target, choices, name }, (by) => actions.replace(target, by));
    const remove = button(icon(CROSS), `Restore ${name}`, () => actions.toggle(target));
    remove.dataset.key = `restore ${target}`;
    return element('li', {}, element('span', { class: 'name' }, name), ...(extent ? [extent] : []), remove);
  });
  return section('Down', element('ul', { class: 'down' }, ...items));
}

function select({ target, choices, name }: Extent, chosen: (by: string) => void): HTMLElement {
  const made = element(
    'select',
    { 'aria-label': `How much of ${name} fails`, 'data-key': `extent ${target}` },
    ...choices.map((choice) =>
      element('option', { value: choice.target, ...(choice.target === target && { selected: '' }) }, choice.label),
    ),
  );
  made.addEventListener('change', () => chosen(made.value));
  return made;
}

function flows({ flows, down }: PreviewFailures, actions: PanelActions): HTMLElement[] {
  if (down.length === 0) return [];
  const touched = order.flatMap((state) => flows.filter((flow) => flow.state === state));
  const others = flows.filter((flow) => flow.state === 'unaffected');
  const fine = others.length === 0 ? [] : [element('p', { class: 'fine' }, `Unaffected: ${others.map((flow) => flow.label).join(', ')}.`)];
  if (flows.length === 0) fine.push(element('p', { class: 'fine' }, 'The design has no flow.'));
  return [section('Flows', element('ul', { class: 'flows' }, ...touched.map((flow) => verdict(flow, actions))), ...fine)];
}

function verdict(flow: FlowVerdict, actions: PanelActions): HTMLElement {
  const { word, d } = signs[flow.state];
  const key = `${flow.completion ? 'completion' : 'answer'} ${flow.flow}`;
  const name = linkButton(flow.label, `Go to ${flow.label}`, () => actions.reveal(flow.flow));
  name.dataset.key = key;
  const item = element(
    'li',
    { class: `flow ${flow.state}`, 'data-flow': flow.flow },
    element('div', { class: 'verdict' }, icon(d), element('strong', {}, word), element('span', { class: 'share' }, flow.share ?? '')),
    name,
    element('ul', { class: 'reasons' }, ...flow.reasons.map((reason) => element('li', {}, reason.text))),
  );
  if (flow.chain.length > 0) {
    const steps = flow.chain.map((link) => {
      return element(
        'li',
        {},
        linkButton(link.text, `Go to ${link.element}`, () => actions.reveal(link.element)),
      );
    });
    const summary = element('summary', { 'data-key': `why ${key}` }, 'How it gets there');
    item.append(element('details', {}, summary, element('ol', { class: 'chain' }, ...steps)));
    const light = () => actions.light(flow.edges);
    const dim = () => actions.light(undefined);
    item.addEventListener('pointerenter', light);
    item.addEventListener('pointerleave', dim);
    item.addEventListener('focusin', light);
    item.addEventListener('focusout', dim);
  }
  return item;
}

/** Zones and regions by name: not each has a frame in the drawing. */
function places({ places }: PreviewFailures, actions: PanelActions): HTMLElement {
  const buttons = places.map(({ target, label, kind, down, byScenario }) => {
    const made = button(label, `${down ? 'Restore' : 'Fail'} ${kind} ${label}`, () => actions.toggle(target));
    made.className = `place ${kind}`;
    made.dataset.key = `place ${target}`;
    made.setAttribute('aria-pressed', String(down));
    if (down) made.prepend(icon(CROSS));
    made.disabled = byScenario === true;
    if (byScenario) made.title = `The scenario fails ${label}`;
    return made;
  });
  return buttons.length === 0 ? element('div', {}) : section('Regions and zones', element('div', { class: 'places' }, ...buttons));
}
