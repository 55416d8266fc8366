import { COUNT, type Flow, formatQuantity, property } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { isClosed } from '../../shared/closed-flow.ts';
import { listed } from '../../shared/load-text.ts';

const office = (client: string, rate = '') => `system Office

client staff { ${client} }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 2, cores: 4, cpu-time: 50 ms, health: http "/healthz" every 5 s }

flow Search from staff${rate} {
  staff -> lb -> api
}
`;

export const closedClient = defineRule({
  id: 'closed-client',
  category: 'model',
  severity: 'warning',
  summary: 'Numbers of a client that contradict each other or change nothing.',
  why: 'A client is one of two things. Of an open one flows say their rate (`at`), whatever comes of the answers; `peak` is how much more it is at peak. Of a closed one there are so many users `online`, each of whom waits for the answer, thinks for the `think-time` and asks again, so that the rate follows: online ÷ (think-time + response time). It has no peak of its own: who is online is online. Where both are said, one of them is not used, and where half of one is said nothing can be estimated.',
  doInstead:
    'Say `online` and `think-time` on the client and no rate on its flows, or a rate on each flow and no `think-time`. For a busier hour of a closed client raise `online`, in a scenario. `online` alone is how many are there at the same time, each with a connection.',
  messages: {
    online: (d: { client: string; flows: string }) =>
      `${d.client} has a think-time but does not say how many are online, so that the rate of ${d.flows} is not known. Say online: 500, or a rate: at 10/day each.`,
    thinks: (d: { client: string; thinkTime: string; flows: string }) =>
      `The think-time ${d.thinkTime} of ${d.client} changes nothing: ${d.flows} say their rate. Remove it, or the rates (at …), which then follow from how many are online.`,
    peak: (d: { client: string; peak: string; flows: string }) =>
      `The peak ${d.peak} of ${d.client} changes nothing: the rate of ${d.flows} follows from how many are online and their think-time. Say how many are online at peak, and remove it.`,
    more: (d: { client: string; online: string; active: string }) =>
      `More of ${d.client} are online at the same time (${d.online}) than are active on a day (${d.active}). One of the two is wrong.`,
  },
  docs: {
    avoid: [
      { title: 'Nobody says how many there are', text: office('think-time: 20 s') },
      { title: 'A rate and a think time', text: office('online: 500, think-time: 20 s', ' at 10/s') },
      { title: 'A peak of users who are all there', text: office('online: 500, think-time: 20 s, peak: 3x') },
      { title: 'More at once than in a day', text: office('online: 500, daily-active: 400', ' at 10/day each') },
    ],
    prefer: [
      {
        title: 'A closed client: 500 users, each with 20 seconds between an answer and the next search',
        text: office('online: 500, think-time: 20 s'),
      },
      { title: 'An open one', text: office('online: 500, daily-active: 4000', ' at 10/day each') },
    ],
    references: [
      {
        title: 'Schroeder, Wierman and Harchol-Balter, Open Versus Closed: A Cautionary Tale, NSDI 2006',
        url: 'https://www.usenix.org/legacy/events/nsdi06/tech/schroeder.html',
      },
      { title: 'Denning and Buzen, The Operational Analysis of Queueing Network Models, ACM Computing Surveys 10(3), 1978' },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, report }) {
      if (component.kind !== 'client') return;
      const { properties, id, nameSpan } = component;
      const [online, active] = [property(properties, 'online'), property(properties, 'daily-active')];
      const place = (at: { readonly valueSpan?: typeof nameSpan } | undefined) => ({ span: at?.valueSpan ?? nameSpan, element: id });
      if (online && active && online.value.value > active.value.value) {
        const data = { client: id, online: formatQuantity(online.value.value, COUNT), active: formatQuantity(active.value.value, COUNT) };
        report({ message: 'more', data, ...place(online) });
      }
      const thinkTime = property(properties, 'think-time');
      if (!thinkTime) return;
      const flows = [...design.flows.values()].filter((flow) => flow.source === id);
      const follow = flows.filter((flow) => flow.demand === undefined);
      const affects = flows.map((flow) => flow.id);
      if (flows.length > 0 && follow.length === 0) {
        const data = { client: id, thinkTime: thinkTime.text, flows: listed(affects) };
        report({ message: 'thinks', data, ...place(thinkTime), affects });
      } else if (follow.length > 0 && !online) {
        report({ message: 'online', data: { client: id, flows: namesOf(follow) }, ...place(thinkTime), affects });
      }
      const peak = property(properties, 'peak');
      if (peak?.origin.kind === 'declared' && follow.length > 0 && flows.every(isClosed(component, flows))) {
        report({ message: 'peak', data: { client: id, peak: peak.text, flows: namesOf(follow) }, ...place(peak), affects });
      }
    },
  },
});

const namesOf = (flows: readonly Flow[]): string => listed(flows.map((flow) => flow.id));
