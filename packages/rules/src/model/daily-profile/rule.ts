import { profileFault } from '@sysd/analysis';
import { type Component, type Fix, property } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { isClosed } from '../../shared/closed-flow.ts';
import { listed } from '../../shared/load-text.ts';

const library = (client: string, rate = ' at 20/day each') => `system Library

client readers { daily-active: 1M, ${client} }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" every 5 s }

flow Search from readers${rate} {
  readers -> lb -> api
}
`;

interface Removal {
  readonly component: Component;
  readonly property: 'peak' | 'profile' | 'schedule';
}

const NAMES = ['profile', 'schedule', 'peak'] as const;

const wayOut = (fault: string): string =>
  fault.startsWith('goes back')
    ? ' Write its points in the order of the day, from 0 h to 24 h: from the last it goes on to the first, over midnight.'
    : '';

export const dailyProfile = defineRule({
  id: 'daily-profile',
  category: 'model',
  severity: 'error',
  summary: 'A daily profile or schedule that contradicts itself or what else is said of the same traffic.',
  why: 'How much more traffic there is at peak than on average can be said in one of three ways: as a number (`peak`), whose time of the day nobody knows, as a `profile` over the day or as a `schedule` of times at which something runs. From the last two the peak follows, so that a `peak` beside them is a second answer to the same question, and neither is used. Times that go back, windows that overlap and weights that are all 0 say nothing either. Until it is put right the rates at peak are not estimated.',
  doInstead:
    'Keep one of them. Write the points of a profile in the order of the day (`0 h 20%, 8 h 80%, 20 h 60%`), and what runs over midnight as two windows (`22 h..24 h, 0 h..4 h`). Of users who think say how many are `online` at peak: they have no profile.',
  messages: {
    both: (d: { source: string; one: string; other: string }) =>
      `${d.source} says with its ${d.one} when and how much it peaks, and with ${d.other} as well. Only one of them can be right: remove the other.`,
    fault: (d: { source: string; property: string; fault: string; way: string }) => `The ${d.property} of ${d.source} ${d.fault}.${d.way}`,
    closed: (d: { source: string; property: string; flows: string }) =>
      `${d.source}, who think, have no ${d.property}: the rate of ${d.flows} follows from how many are online and their think-time. Say how many are online at peak, and remove it.`,
  },
  docs: {
    avoid: [
      { title: 'Two peaks', text: library('peak: 3x, profile: 0 h 20%, 12 h 100%') },
      { title: 'A profile and a schedule', text: library('profile: 0 h 20%, 12 h 100%, schedule: 8 h..18 h') },
      { title: 'Times that go back', text: library('profile: 12 h 100%, 0 h 20%') },
      { title: 'Windows that overlap', text: library('schedule: 8 h..12 h, 11 h..18 h') },
      { title: 'Longer than its period', text: library('schedule: every 1 h for 2 h') },
      { title: 'A profile of users who think', text: library('online: 500, think-time: 20 s, profile: 0 h 20%, 12 h 100%', '') },
    ],
    prefer: [
      { title: 'Quiet at night, busiest at noon', text: library('profile: 0 h 20%, 8 h 80%, 12 h 100%, 20 h 60%') },
      { title: 'In office hours', text: library('schedule: 8 h..12 h, 13 h..18 h') },
    ],
    references: [{ title: 'sysd, "How the estimates are made": rates over the day' }],
  },
  check: {
    each: 'component',
    run(component, { design, report }) {
      const { properties, id, nameSpan } = component;
      const [first, second] = NAMES.flatMap((name) => {
        const said = property(properties, name);
        return said ? [{ name, said }] : [];
      });
      if (!first || first.name === 'peak') return;
      const place = ({ valueSpan }: { readonly valueSpan?: typeof nameSpan }) => ({ span: valueSpan ?? nameSpan, element: id });
      if (second) {
        const data = { source: id, one: first.name, other: `${second.name} ${second.said.text}` };
        const removed = second.name === 'peak' && second.said.origin.kind === 'declared';
        report({ message: 'both', data, ...place(second.said), ...(removed ? { subject: { component, property: 'peak' } } : {}) });
        return;
      }
      const found = profileFault(component);
      if (found) {
        report({ message: 'fault', data: { source: id, ...found, way: wayOut(found.fault) }, ...place(first.said) });
        return;
      }
      if (!properties.has('think-time')) return;
      const flows = [...design.flows.values()].filter((flow) => flow.source === id);
      if (flows.length === 0 || !flows.every(isClosed(component, flows))) return;
      const names = flows.map((flow) => flow.id);
      const data = { source: id, property: first.name, flows: listed(names) };
      const removed = first.said.origin.kind === 'declared';
      report({
        message: 'closed',
        data,
        ...place(first.said),
        affects: names,
        ...(removed ? { subject: { component, property: first.name } } : {}),
      });
    },
  },
  fix({ component, property: name }: Removal): Fix[] {
    return [
      {
        title: `Remove the ${name} of ${component.id}`,
        preferred: true,
        edits: [{ kind: 'remove-property', on: component.id, property: name }],
      },
    ];
  },
});
