import type { Consistency, Diagnostic, ElementId, Flow, Stop } from '@sysd/core';
import { type Flow as FlowNode, type Item, isParallel, isStep } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { createReads } from './cache-misses.ts';
import type { ConnectionUse } from './connections.ts';
import { type At, type Context, spanOfPart } from './context.ts';
import { demandOf } from './demand.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { stampOf } from './groups.ts';
import { objectivesOf } from './objectives.ts';
import { bodyOf } from './statements.ts';
import { lowerSteps } from './steps.ts';
import { createStops } from './stops.ts';

/** A flow, and the connections that its hops use. */
export interface LoweredFlow {
  readonly flow: Flow;
  readonly uses: readonly ConnectionUse[];
}

/** Flows whose rates follow, over others, from themselves. O(flows). */
export function circlesOf(flows: ReadonlyMap<ElementId, Flow>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const done = new Set<ElementId>();
  for (const start of flows.values()) {
    const path = new Map<ElementId, Flow>();
    let at: Flow | undefined = start;
    while (at?.demand?.kind === 'flow' && !done.has(at.id) && !path.has(at.id)) {
      path.set(at.id, at);
      at = flows.get(at.demand.flow);
    }
    for (const id of path.keys()) done.add(id);
    if (!at || !path.has(at.id)) continue;
    const walked = [...path.values()];
    const circle = walked.slice(walked.indexOf(at));
    circle.forEach((flow, i) => {
      const names = [...circle.slice(i), ...circle.slice(0, i + 1)].map((f) => f.id).join(' → ');
      const message = `the rate of ${flow.id} follows from itself (${names}); give one of them a rate of its own, such as at 10/s`;
      found.push({ rule: 'circular-value', severity: 'error', message, span: flow.demand?.span ?? flow.span, element: flow.id });
    });
  }
  return found;
}

/** A flow; nothing where its name belongs to another, or its source is not known, which is reported. */
export function lowerFlow(input: LowerInput, at: At<FlowNode>): LoweredFlow | undefined {
  const { context, scope, values, components } = input;
  const { node, file } = at;
  if (node.name === undefined || !scope.counts(node.name, node)) return undefined;
  const parts = elementParts(at, node.name);
  const properties = declaredBag(context, values, at, { owners: ['flow'], words: 'a flow' });
  const demand = demandOf(context, scope, values, input.overrides, at);
  const source = sourceOf(input, at);
  if (!source) return undefined;
  const stops = createStops(source.component.id, source.copy, source.span);
  const uses: ConnectionUse[] = [];
  const hops = lowerSteps(
    {
      context,
      scope,
      values,
      components,
      groups: input.groups,
      uses,
      flow: node.name,
      file,
      stops,
      reads: createReads(),
    },
    bodyOf(node),
  );
  hintAtVisitsWithoutSteps(context, node.name, stops.all());
  const requires = properties.get('requires')?.value as Consistency | undefined;
  const flow: Flow = {
    ...parts,
    source: source.component.id,
    ...(demand ? { demand } : {}),
    ...(requires ? { requires } : {}),
    objectives: objectivesOf(context, values, at),
    stops: stops.all(),
    hops,
    properties,
  };
  return { flow, uses };
}

/** A later visit without steps, where an earlier one had some, may have been meant to go on: the steps belong to the visit above them. */
function hintAtVisitsWithoutSteps(context: Context, flow: ElementId, stops: readonly Stop[]): void {
  const left = new Set<string>();
  for (const { component, copy, incoming, outgoing, span } of stops) {
    const visited = `${component}@${copy ?? ''}`;
    if (outgoing.length > 0) left.add(visited);
    else if (incoming.length > 0 && left.has(visited)) {
      const message = `${component} is reached a second time here and does nothing more: its steps above belong to the first visit. If it goes on from here, say so below`;
      context.report('flow-source', span, message, { severity: 'hint', element: flow });
    }
  }
}

/** `from users`; where it is missing, the source of the first step, which is reported. */
function sourceOf(input: LowerInput, at: At<FlowNode>) {
  const { context, scope, components, groups } = input;
  const { node, file } = at;
  const written = node.source;
  const first = written === undefined ? firstStep(bodyOf(node)) : undefined;
  const text = written ?? first?.source;
  if (written === undefined) {
    context.report(
      'flow-source',
      spanOfPart(at.node, 'name'),
      `the flow ${node.name} does not say where it starts: flow ${node.name} from ${text ?? 'CLIENT'} at 10/day each { … }`,
    );
  }
  if (text === undefined) return undefined;
  const span = first ? spanOfPart(first, 'source') : spanOfPart(at.node, 'source');
  const [name = '', copy] = text.split('@');
  const found = scope.resolve(
    name,
    file,
    copy === undefined ? span : { ...span, end: span.start + name.length },
    ['component'],
    'a component where the flow starts',
  );
  const component = found && components.get(found.id);
  if (!component) return undefined;
  const known = copy !== undefined && stampOf(groups, component.group)?.across.includes(copy);
  return { component, span, ...(known ? { copy } : {}) };
}

function firstStep(items: readonly Item[]) {
  for (const item of items) {
    if (isStep(item)) return item;
    if (isParallel(item)) return bodyOf(item).find(isStep);
  }
  return undefined;
}
