import { clock } from '@sysd/analysis';
import {
  type Component,
  type ComponentLoad,
  type Diagnostic,
  type Estimate,
  effective,
  formatRatio,
  instanceCount,
  isFigure,
  known,
  type Property,
  type PropertyName,
  propertiesOf,
  shardCount,
} from '@sysd/core';
import type { Assessment } from '../../assess.ts';
import { limitsText } from './limits.ts';
import { blocks, code, derivation, estimateText, plain, propertyOrigin, ratioText } from './text.ts';

/** Hover of a component: what it is, its load and size with derivation, accepted findings, its properties with their origin. */
export function componentText(component: Component, assessment: Assessment | undefined): string {
  const load = assessment?.analysis.traffic.components.get(component.id);
  const storage = assessment?.analysis.storage.stores.get(component.id);
  const limits = assessment?.analysis.limits.get(component.id);
  const written = new Set<string>();
  return blocks(
    heading(component),
    component.doc,
    load ? loadTable(component, load, storage?.retainedWithCopies, storage?.perDay) : undefined,
    limits ? limitsText(limits) : undefined,
    load && isFigure(load.total.peak) ? `**Peak rate**\n\n${derivation(load.total.peak, written)}` : undefined,
    load && isFigure(load.utilization) ? `**Utilisation**\n\n${derivation(load.utilization, written)}` : undefined,
    accepted(component.id, assessment?.findings ?? []),
    propertyList(component),
  );
}

function heading(component: Component): string {
  const technology = component.technologyTitle === undefined ? '' : `: ${plain(component.technologyTitle)}`;
  const title = component.title === undefined ? '' : ` ${plain(component.title)}`;
  const instances = instanceCount(component) * shardCount(component);
  const replicas = component.kind === 'client' ? '' : `, ${instances === 1 ? '1 instance' : `${instances} instances`}`;
  return `**${component.id.replace(/_/g, '\\_')}**${title} — ${component.kind}${technology}${replicas}`;
}

function loadTable(component: Component, load: ComponentLoad, retained: Estimate | undefined, perDay: Estimate | undefined): string {
  const rows: [string, string, string][] = [
    ['requests', estimateText(load.total.average), `${estimateText(load.total.peak)}${load.day ? ` at ${clock(load.day.peak)}` : ''}`],
  ];
  if (known(load.reads.average) !== undefined && known(load.reads.average) !== 0)
    rows.push(['reads', estimateText(load.reads.average), estimateText(load.reads.peak)]);
  if (known(load.writes.average) !== undefined && known(load.writes.average) !== 0)
    rows.push(['writes', estimateText(load.writes.average), estimateText(load.writes.peak)]);
  const table = ['| | average | peak |', '|---|---|---|', ...rows.map((r) => `| ${r.map(cell).join(' | ')} |`)].join('\n');
  if (component.kind === 'client') return table;
  const limit = effective(component.properties, 'max-utilization')?.value.value;
  const planned = limit === undefined ? '' : formatRatio(limit);
  const facts = [
    `- utilisation at peak: ${plain(ratioText(load.utilization))}`,
    `- instances: ${load.replicas}${needed(load, planned)}`,
    ...(isFigure(load.cores) ? [`- cores needed at peak: ${plain(estimateText(load.cores))}`] : []),
    ...(retained ? [`- stored with all copies: ${plain(estimateText(retained))}`] : []),
    ...(perDay ? [`- added per day, one copy: ${plain(estimateText(perDay))}`] : []),
  ];
  return `${table}\n\n${facts.join('\n')}`;
}

function needed(load: ComponentLoad, planned: string): string {
  const { replicasNeeded, replicasAtFull } = load;
  if (!isFigure(replicasNeeded) || !isFigure(replicasAtFull)) return '';
  return `; needed at peak: ${estimateText(replicasNeeded)} at ${planned}, ${estimateText(replicasAtFull)} at 100 %`;
}

const cell = (text: string): string => plain(text);

/** Properties that hold: the declared ones, then those of the technology, then the schema's defaults, each with its origin. */
function propertyList(component: Component): string | undefined {
  const names = propertiesOf(component.kind);
  const rank: Record<string, number> = { declared: 0, scenario: 0, technology: 1, default: 2 };
  const held = names.flatMap((name): [PropertyName, Property][] => {
    const value = effective(component.properties, name);
    return value === undefined ? [] : [[name, value as Property]];
  });
  const lines = held
    .sort(([, a], [, b]) => rank[a.origin.kind]! - rank[b.origin.kind]!)
    .map(([name, property]) => {
      const origin = propertyOrigin(name, property);
      return `- ${code(`${name}: ${property.text}`)}${origin === '' ? '' : ` *(${plain(origin)})*`}`;
    });
  return lines.length === 0 ? undefined : `**Properties**\n\n${lines.join('\n')}`;
}

/** Findings about an element that the author has accepted, with the reasons. */
export function accepted(element: string, findings: readonly Diagnostic[]): string | undefined {
  const lines = findings
    .filter((f) => f.accepted !== undefined && f.element === element)
    .map((f) => `- ${code(f.rule)} accepted: ${plain(f.accepted!)}`);
  return lines.length === 0 ? undefined : [...new Set(lines)].join('\n');
}
