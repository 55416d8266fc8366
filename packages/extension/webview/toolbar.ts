import type { Overlay } from '@sysd/language/protocol';
import { button, element, icon } from './dom.ts';

export interface ToolbarActions {
  overlay(overlay: Overlay): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Shows the table instead of the drawing, or the drawing again. */
  table(shown: boolean): void;
  /** Asks what fails when something does, or no longer. */
  kill(on: boolean): void;
  exportAs(what: 'compose' | 'svg'): void;
}

const overlays: readonly { readonly overlay: Overlay; readonly label: string; readonly title: string }[] = [
  { overlay: 'none', label: 'None', title: 'Kinds and findings' },
  { overlay: 'load', label: 'Load', title: 'Utilisation of every component and rate of every connection at peak' },
];

export interface Toolbar {
  readonly element: HTMLElement;
  setTitle(title: string): void;
  setOverlay(overlay: Overlay): void;
  setZoom(zoom: number): void;
  setKill(on: boolean): void;
}

/** @param scenarios what chooses among them */
export function createToolbar(actions: ToolbarActions, scenarios: HTMLElement): Toolbar {
  const title = element('h1', { class: 'title' });
  const percent = element('output', { class: 'percent', 'aria-label': 'Zoom' }, '100 %');
  const choices = overlays.map(({ overlay, label, title }) => {
    const made = button(label, title, () => actions.overlay(overlay));
    made.setAttribute('role', 'radio');
    return { overlay, made };
  });
  const group = element('div', { class: 'segments', role: 'radiogroup', 'aria-label': 'Overlay' }, ...choices.map(({ made }) => made));
  group.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = choices.findIndex(({ made }) => made === document.activeElement);
    const next = step === undefined || at < 0 ? undefined : choices[(at + step + choices.length) % choices.length];
    if (!next) return;
    event.preventDefault();
    next.made.focus();
    next.made.click();
  });

  const zoom = element(
    'div',
    { class: 'group', role: 'group', 'aria-label': 'Zoom' },
    button(icon('M3 8h10'), 'Zoom out (−)', actions.zoomOut),
    percent,
    button(icon('M3 8h10M8 3v10'), 'Zoom in (+)', actions.zoomIn),
    button('Fit', 'Show the whole diagram (0)', actions.fit),
  );
  const table = button('Table', 'Show components and connections as a table', () => {
    const pressed = table.getAttribute('aria-pressed') !== 'true';
    table.setAttribute('aria-pressed', String(pressed));
    actions.table(pressed);
  });
  table.setAttribute('aria-pressed', 'false');
  const kill = button(icon('M9 1.500L3.500 9H8l-1 5.500L12.500 7H8z'), 'Click what is to fail and see what fails with it (K)', () =>
    actions.kill(kill.getAttribute('aria-pressed') !== 'true'),
  );
  kill.append('Kill');
  kill.setAttribute('aria-label', 'Kill');
  kill.setAttribute('aria-pressed', 'false');
  kill.classList.add('kill');
  const bar = element(
    'header',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Diagram' },
    title,
    scenarios,
    element('div', { class: 'group' }, element('span', { class: 'caption', 'aria-hidden': 'true' }, 'Overlay'), group),
    kill,
    element('span', { class: 'space' }),
    zoom,
    table,
    exportMenu(actions),
  );
  return {
    element: bar,
    setTitle: (text) => {
      title.textContent = text;
      title.title = text;
    },
    setOverlay(overlay) {
      for (const choice of choices) {
        const chosen = choice.overlay === overlay;
        choice.made.setAttribute('aria-checked', String(chosen));
        choice.made.tabIndex = chosen ? 0 : -1;
      }
    },
    setKill: (on) => kill.setAttribute('aria-pressed', String(on)),
    setZoom: (value) => {
      percent.value = `${Math.round(value * 100)} %`;
    },
  };
}

function exportMenu(actions: ToolbarActions): HTMLElement {
  const items = [
    menuItem('Compose project…', () => actions.exportAs('compose')),
    menuItem('Diagram as SVG…', () => actions.exportAs('svg')),
  ];
  const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': 'Export', hidden: '' }, ...items);
  const opener = button('Export', 'Export', () => show(menu.hasAttribute('hidden')));
  opener.setAttribute('aria-haspopup', 'menu');
  const show = (open: boolean) => {
    menu.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (open) items[0]?.focus();
  };
  show(false);
  const whole = element('div', { class: 'dropdown' }, opener, menu);
  whole.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'Escape' && !menu.hasAttribute('hidden')) {
      show(false);
      opener.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !menu.hasAttribute('hidden')) {
      items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length]?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  whole.addEventListener('focusout', (event) => !whole.contains(event.relatedTarget as Node | null) && show(false));
  menu.addEventListener('click', () => show(false));
  return whole;
}

function menuItem(label: string, run: () => void): HTMLButtonElement {
  const made = button(label, label, run);
  made.setAttribute('role', 'menuitem');
  return made;
}
