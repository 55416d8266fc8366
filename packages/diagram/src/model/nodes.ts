import type { Component, Design, ElementId, Traffic } from '@sysd/core';
import type { Collapse } from './collapse.ts';
import { type DiagramNode, type FindingCounts, NO_FINDINGS } from './diagram-model.ts';
import { addFindings } from './findings.ts';
import { highestLoad, loadOf } from './load.ts';
import { replicasOf } from './replicas.ts';
import { subLine } from './sub-line.ts';

interface Inputs {
  readonly design: Design;
  readonly traffic: Traffic | undefined;
  readonly findings: ReadonlyMap<ElementId, FindingCounts>;
  readonly collapse: Collapse;
  /** Frame in which a card stands. */
  readonly frameOf: (card: ElementId) => ElementId | undefined;
}

/** Cards in the order in which flows first use them, then as declared: that is what makes the picture read from the top down. */
export function buildNodes(inputs: Inputs): DiagramNode[] {
  const { design, collapse } = inputs;
  const members = new Map<ElementId, Component[]>();
  for (const id of readingOrder(design)) {
    const component = design.components.get(id);
    const card = collapse.cardOf.get(id);
    if (!component || card === undefined) continue;
    const list = members.get(card);
    if (list) list.push(component);
    else members.set(card, [component]);
  }
  return [...members].map(([card, components]) => {
    const frame = inputs.frameOf(card);
    const node = collapse.collapsed.has(card) ? groupCard(card, components, inputs) : componentCard(components[0]!, inputs);
    return frame === undefined ? node : { ...node, frame };
  });
}

function readingOrder(design: Design): ReadonlySet<ElementId> {
  const order = new Set<ElementId>();
  for (const flow of design.flows.values()) for (const stop of flow.stops) order.add(stop.component);
  for (const id of design.components.keys()) order.add(id);
  return order;
}

function componentCard(component: Component, { traffic, findings }: Inputs): DiagramNode {
  return {
    id: component.id,
    kind: component.kind,
    name: component.title ?? component.id,
    ...subLine(component),
    ...replicasOf(component),
    findings: findings.get(component.id) ?? NO_FINDINGS,
    load: loadOf(component, traffic),
    // A client is who notices.
    ...(component.kind === 'client' ? {} : { target: component.id }),
  };
}

function groupCard(id: ElementId, components: readonly Component[], { design, traffic, findings }: Inputs): DiagramNode {
  return {
    id,
    kind: 'group',
    name: design.groups.get(id)?.title ?? id,
    technology: `${components.length} components`,
    stacked: true,
    findings: components.reduce((sum, c) => addFindings(sum, findings.get(c.id) ?? NO_FINDINGS), findings.get(id) ?? NO_FINDINGS),
    load: highestLoad(components.map((c) => loadOf(c, traffic))),
  };
}
