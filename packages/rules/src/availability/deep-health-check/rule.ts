import { BROKERS, type Component, type ElementId, type Fix, type Flow, type Hop, property } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { healthText } from '../../shared/health-text.ts';
import { listed } from '../../shared/load-text.ts';

const shop = (checks: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: http "/healthz" every 5 s${checks} }
database products: postgres { replicas: 3, failover: automatic, backup: every 1 day }
external mail { availability: 99.5% }

api -> mail { timeout: 500 ms }
api -> products { pool: 5 }

flow Browse from users at 20/day each {
  users -> lb -> api
  api -> products read 2 KB
}

flow Order from users at 1/day each {
  users -> lb -> api
  api -> products write 1 KB
  api -> mail optional
}
`;

interface Subject {
  readonly component: Component;
  readonly dropped: ElementId;
}

export const deepHealthCheck = defineRule({
  id: 'deep-health-check',
  category: 'availability',
  severity: 'warning',
  summary: 'A health check asks a dependency that not every request needs, so its failure takes every instance out of service.',
  why: 'All instances ask the same dependency, so when it is down all of them fail their check at the same moment. The router takes every one of them out, or restarts them in turn, and requests that would have been answered without the dependency fail too. A check that was meant to remove one bad instance has turned a partial failure into a total one.',
  doInstead:
    'Let the check that decides about traffic say only whether this instance can work: that it runs, answers and is not stuck. Watch dependencies with monitoring, and let the calls to them fail fast (timeout, circuit breaker, fallback).',
  messages: {
    cascade: (d: { component: string; checked: string; flows: string; verb: string }) =>
      `The health check of ${d.component} asks ${d.checked}: when ${d.checked} is down, every instance is taken out of service at once, and with it ${d.flows}, which ${d.verb} without it. Check only what tells whether this instance can work.`,
  },
  docs: {
    avoid: [{ title: 'Mail is optional, but without it no instance counts as healthy', text: shop(' checks products, mail') }],
    prefer: [
      { title: 'The instance itself, and what every request needs', text: shop(' checks products') },
      { title: 'Only the instance itself', text: shop('') },
    ],
    references: [
      {
        title: 'Amazon Builders’ Library, Implementing health checks (dependency health checks and fail open)',
        url: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, index, report }) {
      const checked = property(component.properties, 'health')?.value.checks ?? [];
      if (checked.length === 0) return;
      const visits = index.visits.get(component.id) ?? [];
      for (const { name, span } of checked) {
        const spared = visits.map((v) => design.flows.get(v.flow)).filter((f): f is Flow => f !== undefined && !needs(f, name, design));
        if (spared.length === 0) continue;
        report({
          message: 'cascade',
          data: {
            component: component.id,
            checked: name,
            flows: listed(spared.map((f) => f.id)),
            verb: spared.length === 1 ? 'works' : 'work',
          },
          span: span ?? component.nameSpan,
          element: component.id,
          affects: spared.map((f) => f.id),
          related: spared.map((f) => ({ span: f.nameSpan, message: `${f.id} does not need ${name} for every request` })),
          subject: { component, dropped: name },
        });
      }
    },
  },
  fix({ component, dropped }: Subject): Fix[] {
    const health = property(component.properties, 'health')?.value;
    if (!health) return [];
    const kept = (health.checks ?? []).map((c) => c.name).filter((name) => name !== dropped);
    return [
      {
        title: `Leave ${dropped} out of the health check of ${component.id}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: component.id, property: 'health', value: healthText(health, { checks: kept }) }],
      },
    ];
  },
});

/** Whether every request of the flow waits for the component somewhere, with nothing that takes its place. */
function needs(flow: Flow, component: ElementId, design: { readonly components: ReadonlyMap<ElementId, Component> }): boolean {
  const kind = design.components.get(component)?.kind;
  const replaced = new Set(flow.hops.map((h) => h.fallbackOf));
  const missed = new Set(flow.hops.map((h) => h.miss?.read));
  return flow.hops.some((hop) => {
    if (hop.to.length !== 1 || flow.stops[hop.to[0]?.stop ?? -1]?.component !== component) return false;
    if (!hop.sync && !(kind && BROKERS.includes(kind))) return false;
    return isUnconditional(hop) && !replaced.has(hop.index) && !missed.has(hop.index);
  });
}

const isUnconditional = (hop: Hop): boolean =>
  !hop.optional && hop.fallbackOf === undefined && hop.miss === undefined && (hop.when?.value ?? 1) >= 1;
