import type { Property as PropertyNode, Scenario } from '../generated/ast.ts';
import { isProperty, isScenario } from '../generated/ast.ts';
import type { At } from './context.ts';
import { bodyOf } from './statements.ts';
import type { Unit } from './units.ts';

/** What a scenario sets, by path: `users.peak`, a let, `ReadTimeline.at`. */
export type Overrides = ReadonlyMap<string, { readonly property: At<PropertyNode>; readonly scenario: string; readonly unit: Unit }>;

/** Overrides of the scenario of that title; empty where there is none. The last one of a path counts. */
export function overridesOf(units: readonly Unit[], title: string | undefined): Overrides {
  const overrides = new Map<string, { property: At<PropertyNode>; scenario: string; unit: Unit }>();
  if (title === undefined) return overrides;
  for (const unit of units) {
    const { node, file } = unit;
    if (!isScenario(node) || node.title !== title) continue;
    for (const property of scenarioProperties(node))
      overrides.set(property.name, { property: { node: property, file }, scenario: title, unit });
  }
  return overrides;
}

export function scenarioProperties(node: Scenario): PropertyNode[] {
  return bodyOf(node).filter(isProperty);
}
