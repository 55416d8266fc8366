import { flowFanOuts } from '@sysd/analysis';
import {
  type Connection,
  type Design,
  type Flow,
  type FlowAvailability,
  findQuery,
  findTable,
  type Hop,
  isFigure,
  type Let,
  type Place,
  type Property,
  type Technology,
} from '@sysd/core';
import type { Assessment } from '../../assess.ts';
import { availabilityText } from './availability.ts';
import { accepted, componentText } from './component.ts';
import { latencyText } from './latency.ts';
import { poolText } from './limits.ts';
import { blocks, code, derivation, estimateText, isMeasure, plain, propertyOrigin } from './text.ts';

/** Hover of any element of a design by its id; undefined where it has none of that id. */
export function elementText(
  design: Design,
  assessment: Assessment | undefined,
  id: string,
  availabilityOf: (flow: string) => readonly FlowAvailability[] = () => [],
): string | undefined {
  const component = design.components.get(id);
  if (component) return componentText(component, assessment);
  const place = design.places.get(id);
  if (place) return placeText(place, assessment);
  const group = design.groups.get(id);
  if (group) {
    const across = group.across.length === 0 ? '' : `; one copy each in ${group.across.map(code).join(', ')}`;
    return blocks(`**${plain(id)}**${title(group)} — group${across}`, doc(group));
  }
  const flow = design.flows.get(id);
  if (flow) return flowText(flow, assessment, availabilityOf(flow.id));
  const constant = design.lets.find((l) => l.id === id);
  if (constant) return letText(constant);
  const technology = design.technologies.get(id);
  if (technology) return technologyText(technology);
  const connection = design.connections.get(id);
  if (connection) return connectionText(connection, assessment);
  return tableText(design, assessment, id) ?? queryText(design, id);
}

const title = (element: { readonly title?: string }): string => (element.title === undefined ? '' : ` ${plain(element.title)}`);
const doc = (element: { readonly doc?: string }): string | undefined => element.doc;

function properties(element: { readonly properties?: ReadonlyMap<string, Property> }): string | undefined {
  const lines = [...(element.properties ?? [])].map(([name, p]) => {
    const origin = propertyOrigin(name, p);
    return `- ${code(`${name}: ${p.text}`)}${origin === '' ? '' : ` *(${plain(origin)})*`}`;
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}

function placeText(place: Place, assessment: Assessment | undefined): string {
  const zones = place.zones.length === 0 ? '' : ` with zones ${place.zones.map(code).join(', ')}`;
  const region = place.region === undefined ? '' : ` of ${code(place.region)}`;
  return blocks(
    `**${plain(place.id)}**${title(place)} — ${place.kind}${region}${zones}`,
    doc(place),
    properties(place),
    accepted(place.id, assessment?.findings ?? []),
  );
}

function flowText(flow: Flow, assessment: Assessment | undefined, availability: readonly FlowAvailability[]): string {
  const traffic = assessment?.analysis.traffic.flows.get(flow.id);
  const rate = traffic
    ? `average ${plain(estimateText(traffic.demand.average))}, peak ${plain(estimateText(traffic.demand.peak))}`
    : undefined;
  return blocks(
    `**${plain(flow.id)}**${title(flow)} — flow from ${code(flow.source)}`,
    doc(flow),
    rate,
    traffic && isFigure(traffic.demand.peak) ? derivation(traffic.demand.peak) : undefined,
    ...availability.map(availabilityText),
    assessment ? latencyText(assessment, flow) : undefined,
    accepted(flow.id, assessment?.findings ?? []),
  );
}

/** Hover of a step: what it does, at what rate, and why. */
export function hopText(assessment: Assessment | undefined, flow: Flow, hop: Hop): string {
  const from = flow.stops[hop.from]?.component ?? '';
  const targets = hop.to.map((t) => flow.stops[t.stop]?.component ?? '');
  const traffic = assessment?.analysis.traffic.flows.get(flow.id)?.hops[hop.index];
  const content = hop.query ?? hop.table;
  const waits = hop.sync ? 'and waits' : 'and does not wait';
  const lines = [
    `${code(`${from} ${hop.sync ? '->' : '~>'} ${targets.join(' | ')}`)} — ${hop.operation}${content === undefined ? '' : ` ${code(content)}`} ${waits}`,
  ];
  if (traffic) {
    lines.push(`average ${plain(estimateText(traffic.rate.average))}, peak ${plain(estimateText(traffic.rate.peak))}`);
    if (traffic.scatter > 1) lines.push(`goes to all ${traffic.scatter} shards: so many sub-requests for one request`);
    if (isFigure(traffic.rate.peak)) lines.push(derivation(traffic.rate.peak));
  }
  const fanOut = assessment && hop.max && fanOutText(assessment, flow, hop);
  return blocks(...lines, fanOut);
}

/** What the request that repeats the step most often takes, and how that follows. */
function fanOutText({ design, analysis }: Assessment, flow: Flow, hop: Hop): string | undefined {
  const fanOut = flowFanOuts(design, flow, analysis.traffic).find((f) => f.hop === hop.index);
  if (!fanOut) return undefined;
  const { largest, slowest, time, whole } = fanOut;
  if (!slowest || !isFigure(time)) return `the largest fan-out, ${plain(estimateText(largest))}: ${plain(estimateText(time))}`;
  return blocks(
    `the largest fan-out, ${plain(estimateText(largest))}, takes ${code(slowest.component)} ${whole ? '' : 'at least '}${plain(estimateText(time))} at peak`,
    derivation(time),
  );
}

function letText(constant: Let): string {
  const value = constant.value;
  const inputs = constant.inputs.map((i) => `- ${code(i.name)}: ${plain(quantity(i.value))}`);
  return blocks(
    `**${plain(constant.id)}** — let`,
    doc(constant),
    `${code(constant.text)}${value === undefined ? ': not known' : ` = ${plain(quantity(value))}`}`,
    inputs.join('\n'),
  );
}

const quantity = (q: NonNullable<Let['value']>): string => estimateText({ value: q.value, dimension: q.dimension, label: '' });

/** Hover of a technology: what it is and its facts with their sources. */
export function technologyText(technology: Technology): string {
  const from = technology.library ? 'technology of the standard library' : 'technology';
  return blocks(
    `**${plain(technology.title ?? technology.id)}** — ${from} for ${technology.kinds.join(', ')}`,
    doc(technology),
    facts(technology),
  );
}

function facts(technology: Technology): string | undefined {
  const lines = [...technology.properties].map(([name, p]) => {
    const source = 'source' in p.origin ? p.origin.source : undefined;
    const said = source ?? (isMeasure(name, p.text) ? 'a guess, no source' : '');
    return `- ${code(`${name}: ${p.text}`)}${said === '' ? '' : ` *(${plain(said)})*`}`;
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}

function connectionText(connection: Connection, assessment: Assessment | undefined): string {
  const load = assessment?.analysis.traffic.connections.get(connection.id);
  const pool = assessment?.analysis.limits.get(connection.to)?.connections?.callers.find((c) => c.connection === connection.id);
  const busy = pool && poolText(pool);
  return blocks(
    `**${plain(connection.from)} ${connection.sync ? '→' : '⇝'} ${plain(connection.to)}** — connection`,
    properties(connection),
    load ? `average ${plain(estimateText(load.total.average))}, peak ${plain(estimateText(load.total.peak))}` : undefined,
    busy === undefined ? undefined : plain(busy),
    accepted(connection.id, assessment?.findings ?? []),
  );
}

function tableText(design: Design, assessment: Assessment | undefined, id: string): string | undefined {
  const table = findTable(design, id);
  if (!table) return undefined;
  const entry = assessment?.analysis.storage.entries.find((e) => e.element === id);
  const stored = entry
    ? [
        `- added per day: ${plain(estimateText(entry.perDay))}, with copies ${plain(estimateText(entry.perDayWithCopies))}`,
        `- kept: ${plain(estimateText(entry.retained))}, with copies ${plain(estimateText(entry.retainedWithCopies))}`,
      ].join('\n')
    : undefined;
  return blocks(`**${plain(table.name)}** — table of ${code(table.store)}`, doc(table), properties(table), stored);
}

function queryText(design: Design, id: string): string | undefined {
  const query = findQuery(design, id);
  if (!query) return undefined;
  const pinned = query.pinned.map((c) => code(`${c.table}.${c.column}`)).join(', ');
  return blocks(
    `**${plain(query.name)}** — query of ${code(query.store)}`,
    doc(query),
    `Tables: ${query.tables.map(code).join(', ') || 'none'}${pinned === '' ? '' : `; pinned: ${pinned}`}`,
  );
}
