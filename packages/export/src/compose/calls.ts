import { effective, type Flow, type Hop, isWrite, valueIn } from '@sysd/core';
import type { Call } from '../standin/config.ts';
import type { StepContext } from './behaviour.ts';
import { groupsOf } from './brokers.ts';
import { simplified } from './notice.ts';
import type { Part } from './project.ts';
import { milliseconds, scaledBytes } from './scale.ts';
import { statementOf } from './sql.ts';
import { targetsOf } from './targets.ts';

/** The call that a hop makes on one of its targets; undefined where there is nothing to call (a name service, a mesh). */
export function callOf(context: StepContext, flow: Flow, hop: Hop, stop: number): Call | undefined {
  const { design, parts, visits, targets, calls, part } = context;
  const component = design.components.get(flow.stops[stop]!.component)!;
  if (component.kind === 'cache' && parts.get(component.id)?.role === 'none') return cacheCall(hop, component.properties, '');
  const target = parts.get(component.id);
  if (target === undefined || target.role === 'none' || target.role === 'prometheus') return undefined;
  const pool = valueIn(design.connections.get(`${part.component.id}->${component.id}`)?.properties ?? new Map(), 'pool')?.value;
  for (const each of targetsOf(target, pool)) targets.set(each.name, each);
  calls.add(target);
  const path = visits.find((visit) => visit.flow === flow && visit.stop === stop)?.paths[0] ?? '/';

  switch (target.role) {
    case 'postgres':
      return { kind: 'sql', targets: copiesFor(flow, hop, target), ...statementOf(component, hop) };
    case 'redis':
      return cacheCall(hop, component.properties, target.host);
    case 'rabbitmq':
    case 'redis-broker':
    case 'kafka':
      return {
        kind: 'publish',
        target: target.host,
        topic: target.host,
        groups: groupsOf(target, parts, visits),
        path,
        bytes: scaledBytes(hop.request),
      };
    case 'image': {
      const message = `${component.id} runs its own image: stand-ins call its ${target.health}, because the design does not say what it answers on.`;
      if (!context.diagnostics.some((diagnostic) => diagnostic.message === message))
        context.diagnostics.push(simplified(component, message));
      return { kind: 'http', target: target.host, path: target.health, sends: 0, receives: 0 };
    }
    default:
      if (component.kind === 'blobstore' && (hop.operation === 'read' || isWrite(hop.operation))) {
        const read = hop.operation === 'read';
        return {
          kind: 'object',
          target: target.host,
          operation: read ? 'read' : 'write',
          bytes: scaledBytes(read ? hop.answer : hop.request),
        };
      }
      return { kind: 'http', target: target.host, path, sends: scaledBytes(hop.request), receives: scaledBytes(hop.answer) };
  }
}

function cacheCall(hop: Hop, properties: Part['component']['properties'], target: string): Call {
  const read = hop.operation === 'read';
  const ttlMs = milliseconds(valueIn(properties, 'ttl'));
  const hitRatio = valueIn(properties, 'hit-ratio')?.value;
  return {
    kind: 'cache',
    target,
    operation: read ? 'read' : 'write',
    bytes: scaledBytes(read ? hop.answer : hop.request),
    ...(ttlMs === undefined ? {} : { ttlMs }),
    ...(hitRatio === undefined ? {} : { hitRatio }),
  };
}

/** Writes go to the primary, as do reads that must see them; other reads to whatever copies the design lets serve them. */
function copiesFor(flow: Flow, hop: Hop, target: Part): string[] {
  const primary = target.host;
  const strict = hop.requires ?? flow.requires;
  if (target.replicaHost === undefined || hop.operation !== 'read' || strict === 'strong' || strict === 'read-your-writes')
    return [primary];
  const reads = effective(target.component.properties, 'reads')?.value;
  if (reads === 'primary') return [primary];
  return reads === 'replicas' ? [target.replicaHost] : [primary, target.replicaHost];
}
