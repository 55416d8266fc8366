import { COUNT, type Design, effective, formatQuantity, valueIn } from '@sysd/core';
import { percentText } from '../text/quantities.ts';
import type { DiagramNode } from './diagram-model.ts';

/** `Feed · 100 M daily users · rates at peak (3× average)`. */
export function overviewLead(design: Design, rated: boolean): string {
  const clients = [...design.components.values()].filter((c) => c.kind === 'client');
  const users = clients.reduce((sum, c) => sum + (valueIn(c.properties, 'daily-active')?.value ?? 0), 0);
  const peaks = new Set(clients.map((c) => effective(c.properties, 'peak')?.value.value));
  const [peak] = peaks;
  const factor = peaks.size === 1 && peak !== undefined ? ` (${formatQuantity(peak, COUNT, 2)}× average)` : '';
  const parts = [design.title ?? design.id];
  if (users > 0) parts.push(`${formatQuantity(users, COUNT, 2)} daily users`);
  if (rated) parts.push(`rates at peak${factor}`);
  else if (design.flows.size > 0) parts.push('no rates: no flow says how often it starts');
  return parts.join(' · ');
}

/** The busiest, in words: `tweets needs 1.36× its capacity · fanout-worker is at 92 %`. */
export function loadLead(nodes: readonly DiagramNode[]): string {
  const known = nodes
    .flatMap((n) =>
      n.load.state === 'estimated'
        ? [{ name: n.kind === 'group' ? `the busiest of ${n.name}` : n.name, utilisation: n.load.utilisation, target: n.load.target }]
        : [],
    )
    .sort((a, b) => b.utilisation - a.utilisation);
  const first = known[0];
  if (!first) return 'No load is estimated: give flows a rate, and components cpu-time or capacity.';
  const pressed = known.filter((n) => n.utilisation > n.target).slice(0, 3);
  if (pressed.length === 0) return `Nothing is over its target; the busiest is ${first.name} at ${percentText(first.utilisation)}`;
  return pressed
    .map((n) =>
      n.utilisation > 1
        ? `${n.name} needs ${Number(n.utilisation.toPrecision(3))}× its capacity`
        : `${n.name} is at ${percentText(n.utilisation)}`,
    )
    .join(' · ');
}
