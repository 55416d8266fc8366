import { expect, it } from 'vitest';
import { assess } from '../../assess.ts';
import { lowerProject } from '../../lower/lower.ts';
import { finish } from '../../objectives.ts';
import { projectLoader } from '../../project/project.ts';
import { standardLibrary } from '../../standard-library.ts';
import type { DesignState } from './design-state.ts';
import { files as filesOver } from './files.ts';
import type { InScenario } from './scenarios.ts';
import { session as newSession } from './session.ts';

const URI = 'file:///w/shop.sysd';
const titles = ['Sale', 'Night', 'A', 'B', 'C'];
const SHOP = `system Shop
let burst = 10x
client users { daily-active: 1M, peak: 2x }
service api { replicas: 3, cpu-time: 5 ms }
service other { cpu-time: 1 ms }
database db: postgres
api -> db { timeout: 1 s }
flow Browse from users at 10/day each { users -> api -> db }
flow Other from users at 1/day each { users -> other }
scenario "Sale" { users.peak: burst }
scenario "Night" { fail api 1 }
scenario "A" { api.replicas: 4 }
scenario "B" { api.replicas: 5 }
scenario "C" { api.replicas: 6 }
`;

function opened(text: string) {
  const files = filesOver(() => undefined);
  const session = newSession(files);
  let version = 0;
  files.open(URI, ++version, text);
  const state = (): DesignState => {
    const found = session.designOf(URI);
    if (!found) throw new Error('no design');
    return found;
  };
  const edit = (text: string): DesignState => {
    files.change(URI, ++version, [{ text }]);
    return state();
  };
  return { session, state, edit };
}

const ask = (state: DesignState, title: string): InScenario => finish(state.inScenario(title));

function shown(found: InScenario) {
  if ('problem' in found) throw new Error(found.problem);
  const { design, analysis, findings } = found;
  return { design, analysis, findings };
}

/** As the command line lowers and assesses that text. */
function fromNothing(text: string, title: string) {
  const project = projectLoader(() => text, standardLibrary()).load(URI);
  if (!project) throw new Error('no project');
  return shown(assess(lowerProject(project, { scenario: title }).design));
}

const fieldsOf = (data: unknown): string =>
  JSON.stringify(data, (key, value) => {
    if (value instanceof Map || Object.prototype.toString.call(value) === '[object TextMap]') return [...value];
    return key === 'block' ? undefined : value;
  });

it('a scenario of an edited text is that of the text alone, and what the edit does not reach is taken over', () => {
  const { state, edit } = opened(SHOP);
  const before = shown(ask(state(), 'Sale'));
  expect(fieldsOf(before)).toBe(fieldsOf(fromNothing(SHOP, 'Sale')));
  const slower = SHOP.replace('cpu-time: 5 ms', 'cpu-time: 6 ms');
  const after = shown(ask(edit(slower), 'Sale'));
  expect(fieldsOf(after)).toBe(fieldsOf(fromNothing(slower, 'Sale')));
  const load = (of: typeof after, id: string) => of.analysis.traffic.components.get(id);
  expect(load(after, 'api')).not.toBe(load(before, 'api'));
  expect(load(after, 'other')).toBe(load(before, 'other'));
  expect(after.design.components.get('other')).toBe(before.design.components.get('other'));
  // What the scenario sets by way of a constant of the text.
  const more = slower.replace('burst = 10x', 'burst = 20x');
  const burst = shown(ask(edit(more), 'Sale'));
  expect(fieldsOf(burst)).toBe(fieldsOf(fromNothing(more, 'Sale')));
  expect(load(burst, 'other')).not.toBe(load(after, 'other'));
  expect(burst.design.components.get('other')).toBe(before.design.components.get('other'));
});

it('is computed step by step, and goes on where it was left', () => {
  const { state, edit } = opened(SHOP);
  let steps = 0;
  const work = state().inScenario('Night');
  for (let at = work.next(); !at.done; at = work.next()) steps++;
  expect(steps).toBeGreaterThanOrEqual(2);
  expect(state().inScenario('Night').next().done).toBe(true);
  // Given up half way at an edit.
  const faster = SHOP.replace('cpu-time: 5 ms', 'cpu-time: 4 ms');
  const left = edit(faster).inScenario('Night');
  left.next();
  left.next();
  const last = faster.replace('replicas: 3', 'replicas: 2');
  expect(fieldsOf(shown(ask(edit(last), 'Night')))).toBe(fieldsOf(fromNothing(last, 'Night')));
});

it('the last four titles are kept of a text', () => {
  const { state } = opened(SHOP);
  const first = ask(state(), 'Sale');
  expect(ask(state(), 'Sale')).toBe(first);
  for (const title of titles) ask(state(), title);
  const again = ask(state(), 'Sale');
  expect(again).not.toBe(first);
  expect(fieldsOf(shown(again))).toBe(fieldsOf(shown(first)));
});

it('an older text without errors stands in, and is not what the next one follows; a broken one has nothing to show', () => {
  const { session, state, edit } = opened(SHOP);
  const good = state();
  const broken = edit(SHOP.replace('service api', 'service api api'));
  expect(broken.broken).toBe(true);
  expect(session.drawable(broken)).toBe(good);
  expect(fieldsOf(shown(ask(good, 'A')))).toBe(fieldsOf(fromNothing(SHOP, 'A')));
  const next = SHOP.replace('replicas: 3', 'replicas: 7');
  expect(fieldsOf(shown(ask(edit(next), 'A')))).toBe(fieldsOf(fromNothing(next, 'A')));
  expect(ask(broken, 'A')).toEqual({ problem: 'The text had an error, and has been edited since.' });
});
