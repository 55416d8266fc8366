import type { AstNode } from 'langium';
import type { Property as PropertyNode, Scenario } from '../generated/ast.ts';
import { isProperty, isScenario } from '../generated/ast.ts';
import type { At } from './context.ts';
import { bodyOf } from './statements.ts';
import type { Unit } from './units.ts';

/** What replaces a value: a line of a scenario, or an argument `--set` (its scenario is then called `--set`). */
export interface Override {
  readonly property: At<PropertyNode>;
  readonly scenario: string;
  /** Where it is lowered. */
  readonly unit: Pick<Unit, 'sink'>;
  /** What it replaces, where that replaces something itself. */
  readonly before?: Override;
}

/** What is set, by path: `users.peak`, a let, `ReadTimeline.at`. */
export type Overrides = ReadonlyMap<string, Override>;

/** Overrides of the scenario of that title; empty where there is none. The last one of a path counts. */
export function overridesOf(units: readonly Unit[], title: string | undefined): Overrides {
  const overrides = new Map<string, Override>();
  if (title === undefined) return overrides;
  for (const unit of units) {
    const { node, file } = unit;
    if (!isScenario(node) || node.title !== title) continue;
    for (const property of scenarioProperties(node))
      overrides.set(property.name, { property: { node: property, file }, scenario: title, unit });
  }
  return overrides;
}

/** The override of a path as `user` sees it: what an override says of its own path (`users.peak * 3`) means the value that it replaces. */
export function overrideFor(overrides: Overrides, path: string, user: AstNode | undefined): Override | undefined {
  const last = overrides.get(path);
  for (let one = last; one; one = one.before) if (one.property.node === user) return one.before;
  return last;
}

export function scenarioProperties(node: Scenario): PropertyNode[] {
  return bodyOf(node).filter(isProperty);
}
