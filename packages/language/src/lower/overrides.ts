import type { Property as PropertyNode, Scenario } from '../generated/ast.ts';
import { isProperty, isScenario } from '../generated/ast.ts';
import type { At } from './context.ts';
import { bodyOf, type Placed } from './statements.ts';

/** What a scenario sets, by path: `users.peak`, a let, `ReadTimeline.at`. */
export type Overrides = ReadonlyMap<string, { readonly property: At<PropertyNode>; readonly scenario: string }>;

/** Overrides of the scenario of that title; empty where there is none. The last one of a path counts. */
export function overridesOf(statements: readonly Placed[], title: string | undefined): Overrides {
  const overrides = new Map<string, { property: At<PropertyNode>; scenario: string }>();
  if (title === undefined) return overrides;
  for (const { node, file } of statements) {
    if (!isScenario(node) || node.title !== title) continue;
    for (const property of scenarioProperties(node)) overrides.set(property.name, { property: { node: property, file }, scenario: title });
  }
  return overrides;
}

export function scenarioProperties(node: Scenario): PropertyNode[] {
  return bodyOf(node).filter(isProperty);
}
