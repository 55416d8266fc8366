import { COUNT, DAY, type Demand, type Flow, formatQuantity, property, YEAR } from '@sysd/core';
import { defineRule } from '../../rule.ts';

/** A rate that may be that of one person: nobody does anything more often than that by hand. */
const MOST_A_DAY = 100;

const shop = (rate: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }

flow Browse from users at ${rate} {
  users -> lb -> api
}
`;

export const rateWithoutEach = defineRule({
  id: 'rate-without-each',
  category: 'model',
  severity: 'info',
  summary: 'A rate so low for all users together that it is probably meant of each.',
  why: '`at 20/day` is the rate of the whole flow; `at 20/day each` is that of one user, times the `daily-active` users of the client. With a million users the two differ a million times, and every size that follows is as wrong. A total of at most 100 a day that comes to less than one request of each user a year is what one writes when one thinks of one user.',
  doInstead:
    'Say `each` behind the rate if it is that of one user. If so few requests of all users together are meant, accept the finding with the reason, or let the flow start at a client of its own, without `daily-active`: the operators, a partner, a nightly job.',
  messages: {
    total: (d: { flow: string; rate: string; users: string; years: string }) =>
      `${d.rate} is the rate of all requests of ${d.flow} together: each of the ${d.users} daily users makes one in ${d.years}. If it is meant of one user, say each: at ${d.rate} each.`,
  },
  docs: {
    avoid: [{ title: 'Twenty requests a day for a million users', text: shop('20/day') }],
    prefer: [
      { title: 'Twenty a day of each user', text: shop('20/day each') },
      { title: 'A total that is one', text: shop('300/s') },
      {
        title: 'Few requests of few people',
        text: `system Shop

client staff { daily-active: 50 }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }

flow CloseBooks from staff at 1/day {
  staff -> lb -> api
}
`,
      },
    ],
    references: [{ title: 'sysd, "How the estimates are made": the average rate of a flow is `at` × daily-active users with `each`' }],
  },
  check: {
    each: 'flow',
    run(flow, { design, report }) {
      const source = design.components.get(flow.source);
      const users = source && property(source.properties, 'daily-active')?.value;
      const { demand } = flow;
      if (!users || demand?.kind !== 'rate' || demand.each || !isOfOnePerson(demand.rate.value, users.value)) return;
      const data = {
        flow: flow.id,
        rate: demand.rate.text ?? `${formatQuantity(demand.rate.value * DAY, COUNT)}/day`,
        users: users.text ?? formatQuantity(users.value, COUNT),
        years: `${formatQuantity(users.value / (demand.rate.value * YEAR), COUNT)} years`,
      };
      report({ message: 'total', data, span: demand.span, element: flow.id, subject: flow });
    },
  },
  // Either may be meant: what is offered is not applied unasked.
  fix: (flow: Flow) => (flow.demand?.kind === 'rate' ? eachOf(flow.demand) : []),
});

const isOfOnePerson = (rate: number, users: number): boolean =>
  rate > 0 && rate * DAY <= MOST_A_DAY && users > 0 && (rate * YEAR) / users < 1;

/** Only behind a plain rate: `each` stands behind the whole expression. */
function eachOf({ rate, span }: Demand & { readonly kind: 'rate' }) {
  const { text = '' } = rate;
  if (!/^[\d.]+\s*[A-Za-z]*\/[a-z]+$/.test(text)) return [];
  return [{ title: `Say each: ${text} of one user`, edits: [{ kind: 'replace' as const, span, text: `${text} each` }] }];
}
