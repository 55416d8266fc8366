import type { PreviewScenarios } from '@sysd/language/protocol';
import { element } from './dom.ts';
import { choicesOf } from './scenario-choices.ts';

export interface ScenarioChooser {
  /** Of the toolbar; hidden where there is nothing to choose. */
  readonly element: HTMLElement;
  /** Shows the scenarios of a design, and which of them is chosen. */
  show(scenarios: PreviewScenarios | undefined, chosen: string | undefined): void;
  /** Leads the keyboard to the list, where there is one. */
  focus(): void;
}

/** The list of a design's scenarios. `choose` is called with a title, or undefined for the design as it is. */
export function createScenarioChooser(choose: (title: string | undefined) => void): ScenarioChooser {
  const list = element('select', { id: 'scenario' });
  const text = element('span', { class: 'scenario-text' });
  const group = element(
    'div',
    { class: 'group scenario', hidden: '' },
    element('label', { class: 'caption', for: 'scenario' }, 'Scenario'),
    list,
    text,
  );
  let titles: readonly (string | undefined)[] = [];
  let drawn = '';
  list.addEventListener('change', () => choose(titles[list.selectedIndex]));
  return {
    element: group,
    focus: () => list.focus(),
    show(scenarios, chosen) {
      const choices = choicesOf(scenarios, chosen);
      group.hidden = choices.length < 2;
      titles = choices.map((choice) => choice.title);
      // A list that is open stays open while the text is edited.
      const labels = JSON.stringify(choices.map((choice) => choice.label));
      if (labels !== drawn) list.replaceChildren(...choices.map(({ label }) => element('option', {}, label)));
      drawn = labels;
      list.selectedIndex = titles.indexOf(chosen);
      const says = choices.find((choice) => choice.title === chosen)?.text ?? '';
      text.textContent = says;
      list.title = `${says === '' ? 'The design in one of its scenarios' : says} (S)`;
      group.classList.toggle('chosen', chosen !== undefined);
    },
  };
}
