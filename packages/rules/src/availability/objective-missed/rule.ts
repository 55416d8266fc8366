import {
  type Component,
  type Design,
  type EventImportance,
  type FlowAvailability,
  formatAvailability,
  formatRatio,
  isFigure,
  known,
  type ObjectiveResult,
  type Place,
  type Related,
} from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';

/** Events that a message names, and those that it links to. */
const NAMED = 3;

export const objectiveMissed = defineRule({
  id: 'objective-missed',
  category: 'availability',
  severity: 'error',
  changesOnRequest: true,
  summary: 'A flow that comes to less than its availability objective.',
  why: 'An objective is a promise: it says how many minutes a year the flow may be down. What the parts of a design promise multiplies, so five parts of 99.9 % come to 99.5 %. sysd computes the exact availability of the flow from what the design says of its instances, zones, regions and providers, with the same failure function as the single points of failure, and compares.\n\nIt takes longer than other findings, so an editor shows it when you pause, or save.',
  doInstead:
    'Begin with what contributes most: run one more, spread it wider, let somebody notice and switch over. The quick fixes are such changes, each with what the flow comes to with it; the first of the cheapest path comes first. `sysd availability` shows the whole path, with what it costs. Where a provider promises less than the objective, give the step a fallback (`else`), hand the work to a queue, or lower the objective.',
  messages: {
    missed: (d: { what: string; reached: string; objective: string; down: string; most: string }) =>
      `${d.what} comes to ${d.reached}, below its objective of ${d.objective}: ${d.down}.${d.most} Make what contributes most redundant (the quick fixes say what each change gains; \`sysd availability\` shows a path), or lower the objective.`,
    bounded: (d: { what: string; most: string; objective: string; unknown: string }) =>
      `${d.what} cannot reach its objective of ${d.objective}: it comes to at most ${d.most}, even if nothing else ever failed${d.unknown}. Make redundant what fails it alone, or lower the objective.`,
    above: (d: { what: string; reached: string; objective: string }) =>
      `${d.what} comes to ${d.reached}, more than the objective allows (at most ${d.objective}). An availability objective usually says >=.`,
  },
  docs: {
    avoid: [
      {
        title: 'A web app of 99.95 % before a database of 99.99 %: 99.94 % together',
        text: `system Shop

client users { daily-active: 100k }
service app  { managed: yes, availability: 99.95% }
database orders { managed: yes, availability: 99.99% }

flow Browse from users at 20/day each {
  users -> app
  app -> orders read 2 KB
  slo: availability >= 99.95%
}
`,
      },
      {
        title: 'A pair of load balancers of 99 % each: 1 % × 1 % of the time both are down, more than 99.995 % allows',
        text: `system Shop

client users { daily-active: 100k }
loadbalancer lb { replicas: 2, mode: active-passive, failover: automatic, availability: 99% }
service api { managed: yes, availability: 100% }

flow Browse from users at 20/day each {
  users -> lb -> api
  slo: availability >= 99.995%
}
`,
      },
    ],
    prefer: [
      {
        title: 'Three of 99 %: 99.9999 %',
        text: `system Shop

client users { daily-active: 100k }
loadbalancer lb { replicas: 3, mode: active-passive, failover: automatic, availability: 99% }
service api { managed: yes, availability: 100% }

flow Browse from users at 20/day each {
  users -> lb -> api
  slo: availability >= 99.995%
}
`,
      },
      {
        title: 'A queue to fall back on: 0.01 % × 0.1 % instead of 0.01 %',
        text: `system Shop

client users { daily-active: 100k }
service app { managed: yes, availability: 99.99% }
database orders { managed: yes, availability: 99.99% }
queue later { managed: yes, availability: 99.9% }
worker writer { managed: yes }

flow Order from users at 1/day each {
  users -> app
  app -> orders write 2 KB
  else app -> later publish 2 KB
  later ~> writer
  writer -> orders write 2 KB
  slo: availability >= 99.98%
}
`,
      },
    ],
    references: [
      {
        title: 'Google SRE, The Calculus of Service Availability',
        url: 'https://queue.acm.org/detail.cfm?id=3096459',
      },
      {
        title: 'Azure Well-Architected Framework: composite service level objectives',
        url: 'https://learn.microsoft.com/azure/well-architected/reliability/metrics',
      },
      { title: 'Birnbaum, On the importance of different components in a multicomponent system, 1969' },
    ],
  },
  check: {
    each: 'objective',
    run({ flow, reached, result }, { design, report }) {
      if (result.verdict !== 'missed') return;
      const what = reached.completion ? `What goes on after the answer of ${flow.id}` : flow.id;
      const { bound, relation, span } = result.objective;
      const objective = `${Number((bound.value * 100).toPrecision(12))} %`;
      const { unavailability, between } = reached;
      const place = { span, element: flow.id, related: relatedOf(design, reached) };
      if (isFigure(unavailability)) {
        const reachedText = formatAvailability(unavailability.value);
        if (relation === '<=') report({ message: 'above', data: { what, reached: reachedText, objective }, ...place });
        else {
          const data = { what, reached: reachedText, objective, down: downText(reached, result), most: contributorsText(reached) };
          report({ message: 'missed', data, ...place });
        }
      } else if (between) {
        const most = formatAvailability(1 - between.high.value);
        if (relation === '<=')
          report({
            message: 'above',
            data: { what, reached: `at least ${formatAvailability(1 - between.low.value)}`, objective },
            ...place,
          });
        else report({ message: 'bounded', data: { what, most, objective, unknown: unknownText(reached) }, ...place });
      }
    },
  },
});

/** `315 min down a year, of which 262.8 min are allowed`. */
function downText({ downtime }: FlowAvailability, { allowed }: ObjectiveResult): string {
  const minutes = (seconds: number): string => `${Number((seconds / 60).toPrecision(4))} min`;
  return `${minutes(known(downtime) ?? 0)} down a year, of which ${minutes(allowed.value)} are allowed`;
}

/** Events that contribute most, one for each element. */
function contributors({ importance }: FlowAvailability): EventImportance[] {
  const seen = new Set<string>();
  return importance.filter((i) => i.criticality > 0 && !seen.has(i.event.element) && seen.add(i.event.element)).slice(0, NAMED);
}

function contributorsText(reached: FlowAvailability): string {
  const named = contributors(reached);
  if (named.length === 0) return '';
  return ` Decisive most often: ${listed(named.map((i) => `${i.event.label} (${i.count > 1 ? `one of ${i.count}, ` : ''}${formatRatio(i.criticality)} of the downtime)`))}.`;
}

function unknownText({ unknown }: FlowAvailability): string {
  const lacking = [...new Set(unknown.map((u) => u.event.element))];
  return lacking.length === 0 ? '' : ` (how available ${listed(lacking)} ${lacking.length === 1 ? 'is' : 'are'}, nobody says)`;
}

/** Where what contributes most is declared. */
function relatedOf(design: Design, reached: FlowAvailability): Related[] {
  return contributors(reached).map((i): Related => {
    const element: Component | Place | undefined = design.components.get(i.event.element) ?? design.places.get(i.event.element);
    const message = `${i.event.label}${i.count > 1 ? ` (one of ${i.count})` : ''}: down ${formatRatio(known(i.probability) ?? 0)} of the time, decisive in ${formatRatio(i.criticality)} of the downtime`;
    return { span: element?.nameSpan ?? i.event.span, message };
  });
}
