import type { Accept, Component, Expectation, Group, Let, Place, Scenario, View } from '@sysd/core';
import type { Item, Let as LetNode } from '../generated/ast.ts';
import { lowerComponent } from './components.ts';
import { type DeclaredConnection, lowerConnections } from './connections.ts';
import type { At } from './context.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { type LoweredFlow, lowerFlow } from './flows.ts';
import { lowerGroup } from './groups.ts';
import { checkStanding } from './misplaced.ts';
import { lowerPlace } from './places.ts';
import { lowerAccept, lowerExpectation, lowerView } from './remarks.ts';
import { lowerScenario } from './scenarios.ts';
import { checkTechnology } from './technologies.ts';
import type { Unit } from './units.ts';

/** What units are lowered to, by the type of their node. Of others nothing is kept but what is wrong with them. */
export interface Results {
  readonly Place: readonly Place[];
  readonly Group: Group | undefined;
  readonly Component: Component | undefined;
  readonly Step: readonly DeclaredConnection[];
  readonly Flow: LoweredFlow | undefined;
  readonly Scenario: Scenario | undefined;
  readonly Let: Let | undefined;
  readonly Expect: Expectation;
  readonly Accept: Accept | undefined;
  readonly View: View | undefined;
}

const FIRST: readonly Item['$type'][] = ['Place', 'Group', 'Component'];

/** Units are lowered phase by phase: components stand in places and groups, and flows visit components. */
export const PHASES = FIRST.length + 1;

export function phaseOf({ $type }: Item): number {
  const phase = FIRST.indexOf($type);
  return phase < 0 ? FIRST.length : phase;
}

/** Lowers a unit. What it reports and asks goes to the unit that the context is inside of. */
export function lowerUnit(input: LowerInput, unit: Unit): unknown {
  for (const { rule, span, message } of unit.misnamed) input.context.report(rule as 'invalid-value', span, message);
  checkStanding(input.context, unit);
  const { node, file } = unit;
  switch (node.$type) {
    case 'Place':
      return lowerPlace(input, { node, file });
    case 'Group':
      return lowerGroup(input, { node, file }, unit.group);
    case 'Component':
      return lowerComponent(input, { node, file }, unit.group);
    case 'Step':
      return lowerConnections(input, { node, file });
    case 'Flow':
      return lowerFlow(input, { node, file });
    case 'Scenario':
      return lowerScenario(input, { node, file });
    case 'Technology':
      return checkTechnology(input, { node, file });
    case 'Let':
      return lowerLet(input, { node, file });
    case 'Expect':
      return lowerExpectation(input, { node, file });
    case 'Accept':
      return lowerAccept(input, { node, file });
    case 'View':
      return lowerView(input, { node, file });
    default:
      return undefined;
  }
}

function lowerLet({ scope, values }: LowerInput, at: At<LetNode>): Let | undefined {
  const { node } = at;
  if (node.name === undefined || !scope.counts(node.name, node)) return undefined;
  const { value, text, inputs } = values.let(node);
  return { ...elementParts(at, node.name), text, inputs, ...(value ? { value } : {}) };
}
