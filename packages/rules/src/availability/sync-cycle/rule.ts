import { directoryOf } from '@sysd/analysis';
import { type Component, type Design, type ElementId, effective, type Fix, type Flow, property, type Related } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import type { DesignIndex } from '../../shared/design-index.ts';
import { listed } from '../../shared/load-text.ts';
import { hardCalls } from '../../shared/needs.ts';

/** One thing that a component needs of the next in a cycle. */
interface Edge {
  readonly from: ElementId;
  readonly to: ElementId;
  readonly related: Related;
  /** Everything that it does needs it. */
  readonly always: boolean;
  /** The mesh that stops it when its control plane fails. */
  readonly mesh?: ElementId;
}

export const syncCycle = defineRule({
  id: 'sync-cycle',
  category: 'availability',
  severity: 'warning',
  summary: 'Components that wait for each other: running they go on, from cold they may never start.',
  why: 'A request that has been answered proves nothing about a cold start. Where `a` waits for `b`, and `b` for `a`, both answer as long as both run; but after a power cut, or a restart of all of them, each waits for the other to be ready first. Such knots are found on the day when everything is down, which is the worst one to untie them. The single points of failure do not show them: these are of a system that runs.\n\nThe worst case is control: a mesh, a directory or what elects a primary that needs what it controls. There nothing goes on at all before somebody breaks the circle by hand.',
  doInstead:
    'Break the circle at one place: hand one of the calls to a queue, make it `optional`, give it an `else`, let the caller keep a copy of what it asks for. Keep control planes free of what they control, and let sidecars start without them (`when-control-plane-fails: open`). Where the calls are of different parts of the two, say so with an accept: neither may wait for the other before it says that it is ready.',
  messages: {
    never: (d: { cycle: string; components: string }) =>
      `${d.cycle}: each needs the next for everything it does. While all of them run they go on; once ${d.components} are down together, none of them ever starts again, as each waits for the next. Break the circle at one place.`,
    mutual: (d: { cycle: string; components: string }) =>
      `${d.cycle}: each waits for the next in some of its requests. While all of them run that works; when ${d.components} start from cold, none may wait for the others before it says that it is ready. Hand one of the calls to a queue, make it optional or give it an else; or accept it if they start without each other.`,
  },
  docs: {
    avoid: [
      {
        title: 'Accounts asks billing, and billing asks accounts',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service accounts { managed: yes }
service billing { managed: yes }

flow Register from users at 1/day each {
  users -> lb -> accounts
  accounts -> billing
}

flow Charge from users at 1/day each {
  users -> lb -> billing
  billing -> accounts
}
`,
      },
      {
        title: 'The directory of the shards lies in the database that it is the directory of',
        text: `system Shop

client users { daily-active: 1M }
service shards { managed: yes }
database orders { managed: yes, shards: 4 by directory(shards) }

flow Find from users at 1/day each {
  users -> shards
  shards -> orders read 1 KB
}
`,
      },
      {
        title: 'A mesh that stops the store in which its control plane elects its leader',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
registry store: etcd { replicas: 3 }
mesh m: istio { replicas: 2, covers: api, store, when-control-plane-fails: closed, failover: automatic via store }

flow Find from users at 1/day each {
  users -> lb -> api
}
`,
      },
    ],
    prefer: [
      {
        title: 'Billing hears of new accounts from a queue, and asks nobody',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service accounts { managed: yes }
service billing { managed: yes }
queue registered { managed: yes }

flow Register from users at 1/day each {
  users -> lb -> accounts
  accounts -> registered publish 1 KB
  registered -> billing
}

flow Charge from users at 1/day each {
  users -> lb -> billing
  billing -> accounts
}
`,
      },
    ],
    references: [
      {
        title: 'AWS Well-Architected, Reliability pillar: make all responses idempotent, implement loosely coupled dependencies',
        url: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/',
      },
      { title: 'R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1972' },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, index, report }) {
      const cycle = index.needCycles.get(component.id);
      if (!cycle) return;
      const edges = cycle.flatMap((from, i) => edgeOf(design, index, from, cycle[(i + 1) % cycle.length] as ElementId) ?? []);
      if (edges.length < cycle.length) return;
      const always = edges.every((e) => e.always);
      report({
        message: always ? 'never' : 'mutual',
        data: { cycle: [...cycle, component.id].join(' → '), components: listed(cycle) },
        span: component.nameSpan,
        element: component.id,
        affects: cycle.filter((id) => id !== component.id),
        related: edges.map((e) => e.related),
        severity: always ? 'warning' : 'info',
        subject: edges,
      });
    },
  },
  fix: (edges: readonly Edge[], input: Input) => meshFix(edges, input),
});

/** Sidecars that go on without their control plane need it no longer. */
function meshFix(edges: readonly Edge[], { design }: Input): Fix[] {
  const mesh = edges.find((e) => e.mesh)?.mesh;
  if (mesh === undefined || !design.components.has(mesh)) return [];
  const edits = [{ kind: 'set-property', on: mesh, property: 'when-control-plane-fails', value: 'open' } as const];
  return [{ title: `Let the sidecars of ${mesh} go on with their last configuration`, preferred: true, edits }];
}

function edgeOf(design: Design, index: DesignIndex, from: ElementId, to: ElementId): Edge | undefined {
  return ownNeed(design, index, from, to) ?? callOf(design, index, from, to);
}

/** What the component, or a mesh that covers it, says. */
function ownNeed(design: Design, index: DesignIndex, from: ElementId, to: ElementId): Edge | undefined {
  const component = design.components.get(from);
  if (!component) return undefined;
  const edge = (message: string, on: Component, name: 'shards' | 'failover' | 'covers'): Edge => ({
    from,
    to,
    related: { span: property(on.properties, name)?.span ?? on.nameSpan, message },
    always: true,
    ...(name === 'covers' ? { mesh: on.id } : {}),
  });
  if (directoryOf(component) === to) return edge(`${to} says on which shard of ${from} a key lies`, component, 'shards');
  const failover = effective(component.properties, 'failover')?.value;
  if (failover?.kind === 'automatic' && failover.via?.name === to) return edge(`${to} makes a primary of ${from}`, component, 'failover');
  const mesh = index.meshes.find((m) => m.id === to);
  const covers = mesh && property(mesh.properties, 'covers')?.value.some((n) => n.name === from);
  if (!mesh || !covers || effective(mesh.properties, 'when-control-plane-fails')?.value !== 'closed') return undefined;
  return edge(`the sidecars of ${from} stop without ${to} (when-control-plane-fails: closed)`, mesh, 'covers');
}

/** The first call in text order; whether all that is asked of the component needs it. */
function callOf(design: Design, index: DesignIndex, from: ElementId, to: ElementId): Edge | undefined {
  let found: Related | undefined;
  let always = true;
  for (const { flow: id } of index.visits.get(from) ?? []) {
    const flow = design.flows.get(id) as Flow;
    const calls = hardCalls(design, flow).filter((hop) => flow.stops[hop.to[0]?.stop ?? -1]?.component === to);
    const stops = flow.stops.filter((stop) => stop.component === from);
    for (const stop of stops) {
      const hop = calls.find((h) => h.from === stop.index);
      if (hop) found ??= { span: hop.span, message: `${from} calls ${to} in ${flow.id} and waits for the answer` };
      else always = false;
    }
  }
  return found && { from, to, related: found, always };
}
