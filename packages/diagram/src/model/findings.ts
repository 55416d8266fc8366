import type { Design, Diagnostic, ElementId } from '@sysd/core';
import { type FindingCounts, NO_FINDINGS } from './diagram-model.ts';

/**
 * Findings by the component, place or group on which they are drawn: those about a table or query count for its store, those about a
 * connection for its source. Hints of the editor (unused, greyed out) are not drawn.
 */
export function countFindings(design: Design, findings: readonly Diagnostic[]): ReadonlyMap<ElementId, FindingCounts> {
  const counts = new Map<ElementId, FindingCounts>();
  for (const finding of findings) {
    const owner = ownerOf(finding.element, design);
    const level = finding.accepted !== undefined ? 'accepted' : finding.severity;
    if (owner === undefined || level === 'hint') continue;
    const before = counts.get(owner) ?? NO_FINDINGS;
    counts.set(owner, { ...before, [level]: before[level] + 1 });
  }
  return counts;
}

function ownerOf(element: ElementId | undefined, design: Design): ElementId | undefined {
  if (element === undefined) return undefined;
  if (design.components.has(element) || design.places.has(element) || design.groups.has(element)) return element;
  const connection = design.connections.get(element);
  if (connection) return connection.from;
  const store = element.slice(0, Math.max(0, element.lastIndexOf('.')));
  return design.components.has(store) ? store : undefined;
}

export function addFindings(a: FindingCounts, b: FindingCounts): FindingCounts {
  return { error: a.error + b.error, warning: a.warning + b.warning, info: a.info + b.info, accepted: a.accepted + b.accepted };
}
