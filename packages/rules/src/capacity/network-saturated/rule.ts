import {
  BANDWIDTH,
  BROKERS,
  type Component,
  effective,
  type Fix,
  formatBits,
  formatQuantity,
  formatRatio,
  known,
  type NetworkUse,
  property,
  STORES,
} from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { roundedUp } from '../../shared/counted.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { replicasText, spreadOf, withSpare } from '../../shared/placement.ts';
import { visitorsOf } from '../../shared/visits.ts';

const photos = (replicas: number) => `system Photos

client users { daily-active: 3M }
loadbalancer lb: nlb
service images { replicas: ${replicas}, cores: 4, cpu-time: 2 ms, bandwidth: 1 Gbps, health: http "/healthz" }

// 694 photos a second at peak, of 2 MB: 11 Gbit/s.
flow View from users at 10/day each {
  users -> lb 500 B returns 2 MB
  lb -> images 500 B returns 2 MB
}
`;

interface Subject {
  readonly component: Component;
  readonly use: NetworkUse;
}

export const networkSaturated = defineRule({
  id: 'network-saturated',
  category: 'capacity',
  severity: 'error',
  summary: 'An instance that has to send or receive more bytes a second than its network carries.',
  why: 'A network card that is full delays and drops packets; connections slow down and time out, while the CPU has little to do. What serves large answers, replicates what is written or fans messages out reaches the network before the CPU.',
  doInstead:
    'Run more instances, take faster network cards, put what is large behind a CDN or into blob storage that clients ask directly, compress, or send less.',
  messages: {
    saturated: (d: { component: string; direction: string; bytes: string; bandwidth: string; share: string; advice: string }) =>
      `Each instance of ${d.component} ${d.direction} ${d.bytes} at peak, ${d.share} its bandwidth of ${d.bandwidth}. ${d.advice}`,
  },
  docs: {
    avoid: [{ title: 'Four machines with 1 Gbit/s each, 11 Gbit/s of photos', text: photos(4) }],
    prefer: [{ title: 'Twenty machines', text: photos(20) }],
    references: [
      {
        title: 'Google, The Site Reliability Workbook, ch. 12, Introducing Non-Abstract Large System Design: bandwidth of a machine',
        url: 'https://sre.google/workbook/non-abstract-design/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const use = analysis.limits.get(component.id)?.network;
      const utilization = known(use?.utilization);
      if (!use || utilization === undefined || utilization < 1) return;
      const speed = property(component.properties, 'bandwidth');
      const [into, out] = [known(use.in) ?? 0, known(use.out) ?? 0];
      report({
        message: 'saturated',
        data: {
          component: component.id,
          direction: out >= into ? 'sends' : 'gets',
          bytes: rateText(Math.max(into, out)),
          bandwidth: `${speed?.text ?? ''}${speed?.origin.kind === 'technology' ? ` (default of ${component.technology})` : ''}`,
          share: utilization < 10 ? `${formatRatio(utilization)} of` : `${Math.round(utilization)} times`,
          advice: advice(component),
        },
        span: declaredSpan(component, 'bandwidth'),
        element: component.id,
        affects: visitorsOf(index, component.id),
        subject: { component, use },
      });
    },
  },
  fix({ component, use }: Subject, { design, analysis }: Input): Fix[] {
    const load = analysis.traffic.components.get(component.id);
    const utilization = known(use.utilization) ?? 0;
    const limit = effective(component.properties, 'max-utilization')?.value.value ?? 1;
    const nodes = property(component.properties, 'nodes');
    if (nodes?.origin.kind === 'declared') {
      const count = roundedUp((nodes.value.value * utilization) / limit);
      return [
        {
          title: `Run ${component.id} on ${count} nodes`,
          edits: [{ kind: 'set-property', on: component.id, property: 'nodes', value: String(count) }],
        },
      ];
    }
    if (!load || STORES.includes(component.kind) || BROKERS.includes(component.kind) || component.properties.has('autoscale')) return [];
    if (property(component.properties, 'mode')?.value === 'active-passive') return [];
    const perCopy = roundedUp((load.replicas * utilization) / limit / Math.max(1, component.copies.length));
    const count = withSpare(perCopy, spreadOf(design, component).zones.length);
    return [
      {
        title: `Run ${count} replicas of ${component.id}: ${perCopy} carry the bytes of the peak`,
        preferred: true,
        edits: [{ kind: 'set-property', on: component.id, property: 'replicas', value: replicasText(design, component, count) }],
      },
    ];
  },
});

/** In bytes, and in bits as network cards are sold. */
const rateText = (bytes: number): string => `${formatQuantity(bytes, BANDWIDTH)} (${formatBits(bytes)})`;

function advice(component: Component): string {
  if (BROKERS.includes(component.kind)) return 'Run more nodes, take a faster network, or send less.';
  if (STORES.includes(component.kind)) return 'Spread the data over more machines, take a faster network, or send less.';
  return 'Run more of them, take a faster network, or send less.';
}
