import { isProperty, isScenario, type Property } from '../generated/ast.ts';
import { itemsOf, sourceFile, spanAt } from '../project/source-file.ts';
import { type At, type Context, createSink, type FileRef } from './context.ts';
import type { LowerInput } from './elements-input.ts';
import type { Override, Overrides } from './overrides.ts';
import { checkOverride } from './scenarios.ts';
import { bodyOf } from './statements.ts';
import type { Unit } from './units.ts';

/** Begins the URI of the text of an argument: what is wrong with `--set api.x=1` is said at `--set api.x=1`. */
export const SET_ARGUMENT = '--set ';

const BEFORE = 'scenario "--set" {\n  ';
const textAround = (line: string): string => `${BEFORE}${line}\n}\n`;
const lineOf = (argument: string): string => argument.replace(/^(\s*[^\s=:]+)\s*=/, '$1:');

/** The text that an argument is read as, by the URI of its spans; undefined for other URIs. */
export function setArgumentText(uri: string): string | undefined {
  return uri.startsWith(SET_ARGUMENT) ? textAround(lineOf(uri.slice(SET_ARGUMENT.length))) : undefined;
}

/** The arguments `--set users.daily-active=1G`, read. What is wrong with them goes to their unit. */
export interface SetArguments {
  readonly properties: readonly At<Property>[];
  readonly unit: Pick<Unit, 'sink'>;
}

/**
 * Reads arguments `PATH=VALUE` (or `PATH: VALUE`) as the same line of a scenario, `PATH: VALUE`: one parser and one lowering for both.
 * Names are seen as the root of the project sees them.
 */
export function setArguments(context: Context, root: FileRef, texts: readonly string[]): SetArguments {
  const unit = { sink: createSink() };
  const properties = context.inside(unit.sink, () => texts.flatMap((text) => settingOf(context, root, text) ?? []));
  return { properties, unit };
}

function settingOf(context: Context, root: FileRef, text: string): At<Property> | undefined {
  const line = lineOf(text);
  const file = sourceFile(`${SET_ARGUMENT}${text}`, textAround(line));
  const span = spanAt(file, BEFORE.length, BEFORE.length + line.length);
  const [scenario, ...more] = itemsOf(file);
  const items = scenario && isScenario(scenario) ? bodyOf(scenario) : [];
  const [item] = items;
  const example = 'name what is set and its value: users.daily-active=1G, followers=500, "ReadTimeline.at=3/day each"';
  if (/[\r\n]/.test(text) || more.length > 0 || items.length > 1) {
    context.report('invalid-value', span, `one argument sets one value; give --set once for each: ${example}`);
    return undefined;
  }
  const [problem] = file.parsed.problems;
  if (item && isProperty(item) && !problem) return { node: item, file: root };
  context.report('invalid-value', span, item && isProperty(item) && problem ? problem.message : `this sets nothing; ${example}`);
  return undefined;
}

/** The overrides of a scenario, and upon them what the arguments set: the later one counts, and may use the value that it replaces. */
export function withArguments(overrides: Overrides, { properties, unit }: SetArguments): Overrides {
  if (properties.length === 0) return overrides;
  const all = new Map<string, Override>(overrides);
  for (const property of properties) {
    const path = property.node.name;
    const before = all.get(path);
    all.set(path, { property, scenario: SET, unit, ...(before ? { before } : {}) });
  }
  return all;
}

/** Name of the scenario that the arguments make, in the origin of what they set. */
const SET = '--set';

/** Reports what the arguments name that is not there, or set to what it cannot be, as of a scenario. */
export function checkArguments({ context, scope, values }: LowerInput, { properties, unit }: SetArguments): void {
  context.inside(unit.sink, () => {
    for (const property of properties) checkOverride(context, scope, values, property);
  });
}
