import { type Component, type Design, type ElementId, type Fix, replicasPerCopy } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { declaredReplicas, replicasByPlace, replicasText, spreadOf } from '../../shared/placement.ts';
import { quorumOf } from '../../shared/quorum.ts';

const shop = (voters: string) => `system Shop

zone a
zone b
zone c
client users { daily-active: 1M }
service api { replicas: 3 across a, b, c, health: http "/healthz" every 5 s }
loadbalancer lb: haproxy { replicas: 2 across a, b, mode: active-passive, failover: automatic }
registry votes: etcd { replicas: ${voters} }
database orders: postgres { replicas: 2 across b, c, failover: automatic via votes, backup: every 1 day retain 30 day }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`;

export const quorumZoneMajority = defineRule({
  id: 'quorum-zone-majority',
  category: 'availability',
  severity: 'warning',
  summary: 'Voters stand in several zones, and the loss of one of them stops the vote all the same.',
  why: 'A group that decides by majority works as long as a majority of all its members is up. With three voters on zones a, a, b the loss of zone a leaves one of three: the group stops, although two zones were paid for. With two zones there is always one that holds half of the voters or more.\n\nWhere that alone stops a flow, it is reported as a `single-point-of-failure` of the zone, and not here. Reported here are groups on which something hangs at another time: those that decide about a failover, are asked by optional steps only, or are not asked by any flow yet.',
  doInstead:
    'Spread the voters over three zones, one each, or two, two and one of five. Where there are two data centres, put one voter into a third place: it may be small, it only has to vote.',
  messages: {
    zone: (d: { component: string; places: string; held: string; n: number; majority: number; advice: string }) =>
      `${d.places} ${d.held} of the ${d.n} voters of ${d.component}: when it fails, fewer than ${d.majority} are left, and ${d.component} stops. ${d.advice}`,
  },
  docs: {
    avoid: [
      { title: 'Two of three in one zone: when it fails, nobody is there to decide about the next failure', text: shop('3 in a, a, b') },
      { title: 'Two zones', text: shop('5 across a, b') },
    ],
    prefer: [
      { title: 'One in each of three', text: shop('3 across a, b, c') },
      { title: 'Five over three', text: shop('5 across a, b, c') },
    ],
    references: [
      {
        title: 'Kubernetes documentation: running in multiple zones',
        url: 'https://kubernetes.io/docs/setup/best-practices/multiple-zones/',
      },
      {
        title: 'Consul documentation: consensus, quorum size and failure tolerance',
        url: 'https://developer.hashicorp.com/consul/docs/concept/consensus',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, points, report }) {
      const q = quorumOf(component);
      const n = replicasPerCopy(component);
      if (q === undefined || n < 3 || q > n) return;
      const zones = replicasByPlace(component);
      const crowded = [zones, byRegion(design, zones)]
        .map((places) => (places.size < 2 ? [] : [...places].filter(([, held]) => held >= n - q + 1)))
        .find((places) => places.length > 0);
      const unsaid = (crowded ?? []).filter(([id]) => !isSaid(points, design, id));
      const [first] = unsaid;
      if (!first) return;
      const kind = design.places.get(first[0])?.kind ?? 'zone';
      const names = unsaid.map(([id]) => id);
      report({
        message: 'zone',
        data: {
          component: component.id,
          places: names.length === 1 ? `${kind === 'zone' ? 'Zone' : 'Region'} ${first[0]}` : `Each of ${listed(names)}`,
          held: `holds ${Math.min(...unsaid.map(([, held]) => held))}${names.length > 1 ? ' or more' : ''}`,
          n,
          majority: q,
          advice: adviceOf(kind, kind === 'zone' ? zones.size : byRegion(design, zones).size, n - q),
        },
        span: declaredReplicas(component)?.valueSpan ?? component.nameSpan,
        element: component.id,
        affects: names,
        subject: component,
      });
    },
  },
  fix: (component: Component, input: Input) => spreadFix(component, input),
});

/** Voters by region, of those that stand in one. */
function byRegion(design: Design, zones: ReadonlyMap<ElementId, number>): Map<ElementId, number> {
  const counts = new Map<ElementId, number>();
  for (const [zone, held] of zones) {
    const place = design.places.get(zone);
    const region = place?.kind === 'region' ? zone : place?.region;
    if (region !== undefined) counts.set(region, (counts.get(region) ?? 0) + held);
  }
  return counts;
}

/** Whether single-point-of-failure tells that this place alone stops something. */
function isSaid(points: Input['points'], design: Design, id: ElementId): boolean {
  const key = `${design.places.get(id)?.kind ?? 'zone'}:${id}`;
  return [points.get(key), points.get(`apart ${key}`)].some((p) => p !== undefined && !p.verdict.quiet);
}

function adviceOf(kind: 'zone' | 'region', places: number, most: number): string {
  if (places < 3) return `Of two ${kind}s one always does: put a voter into a third.`;
  return `Spread them so that no ${kind} holds more than ${most}.`;
}

/** As many voters, dealt to three zones or more. */
function spreadFix(component: Component, { design }: Input): Fix[] {
  const { zones, names } = spreadOf(design, component);
  const count = replicasPerCopy(component);
  if (zones.length < 3 || Math.ceil(count / zones.length) > count - (quorumOf(component) ?? count)) return [];
  const value = replicasText(design, component, count);
  return [
    {
      title: `Spread the voters of ${component.id} across ${names.join(', ')}`,
      preferred: true,
      edits: [{ kind: 'set-property', on: component.id, property: 'replicas', value }],
    },
  ];
}
