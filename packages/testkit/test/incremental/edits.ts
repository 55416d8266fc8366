import fc from 'fast-check';

/** A declaration that may be there, with properties that may be there. */
interface Part {
  readonly head: string;
  readonly properties: readonly (readonly string[])[];
  /** Lines of the body that are there always, such as tables. */
  readonly body?: readonly string[];
}

const HEALTH = ['', 'health: http "/h" every 5 s'];
const REPLICAS = [
  '',
  'replicas: 1',
  'replicas: 2',
  'replicas: 3 across us',
  'replicas: 2 in us.a',
  'replicas: 4 across us, eu',
  'replicas: 2, autoscale: 2..8 at cpu 60%',
];
const FAILOVER = [
  '',
  'failover: automatic',
  'failover: manual',
  'failover: automatic via voters',
  'failover: automatic, failover-time: 2 min',
];
const TITLE = ['', ' "Some title"', ' "Another title"'];

const PARTS: readonly Part[] = [
  {
    head: 'client users',
    properties: [
      ['', 'daily-active: 1M', 'daily-active: 50M'],
      ['', 'peak: 3x', 'profile: 0 h 20%, 12 h 100%', 'profile: 0 h 1, 6 h 1, 6 h 5, 18 h 2', 'schedule: 2 h..4 h, 22 h..24 h'],
    ],
  },
  { head: 'cdn edge: cloudfront', properties: [['', 'hit-ratio: 90%', 'hit-ratio: 20%']] },
  { head: 'loadbalancer lb: haproxy', properties: [REPLICAS, ['', 'mode: active-passive'], FAILOVER] },
  {
    head: 'service api',
    properties: [REPLICAS, HEALTH, ['', 'cpu-time: 10 ms', 'cpu-time: 1 ms'], ['', 'cores: 4'], ['', 'host: h1', 'shares: rack']],
  },
  {
    head: 'service web',
    properties: [REPLICAS, HEALTH, ['', 'cpu-time: 5 ms'], ['', 'host: h1, h2', 'shares: rack'], ['', 'min-available: 2']],
  },
  { head: 'worker mailer', properties: [REPLICAS, ['', 'cpu-time: 50 ms']] },
  { head: 'cache pages: redis', properties: [REPLICAS, ['', 'hit-ratio: 90%', 'hit-ratio: 99%'], FAILOVER, ['', 'ttl: 1 h']] },
  {
    head: 'database orders: postgres',
    properties: [
      REPLICAS,
      ['', 'shards: 8 by hash(customer)', 'shards: 2 by hash(id)'],
      FAILOVER,
      ['', 'replication: async', 'replication: sync', 'replication: async, lag: 5 s', 'mode: multi-primary'],
      ['', 'backup: every 1 day'],
      ['', 'capacity: 100/s', 'capacity: 1M/s'],
    ],
    body: [
      'table order { key: id, shard-key: customer, row: 1 KB, retention: 1 year }',
      'table item { key: id, row: 200 B }',
      'query open { join order.id = item.id where order.customer }',
      'query late { from order where order.status }',
    ],
  },
  {
    head: 'database votes: cassandra',
    properties: [REPLICAS, ['', 'write-quorum: one', 'write-quorum: majority'], ['', 'read-quorum: majority']],
    body: ['table vote { row: 50 B, requires: strong }'],
  },
  { head: 'queue jobs: rabbitmq', properties: [REPLICAS] },
  { head: 'registry voters: etcd', properties: [REPLICAS, ['', 'quorum: majority']] },
  { head: 'external pay', properties: [['', 'availability: 99.9%']] },
  {
    head: 'mesh net',
    properties: [
      ['', 'covers: api, web'],
      ['', 'health: tcp'],
      ['', 'when-control-plane-fails: closed'],
      ['', 'sidecar-availability: 99.99%'],
    ],
  },
  { head: 'blobstore media: s3', properties: [['', 'retention: 1 year']] },
  { head: 'service idle', properties: [HEALTH] },
];

const CONNECTIONS = [
  'api -> orders',
  'api -> pages',
  'web -> api',
  'api -> votes',
  'web -> idle',
  'idle -> media',
  'api -> web',
  'idle -> pay',
];
const SETTINGS = ['', ' { retries: 2 }', ' { consistency: quorum }', ' { consistency: strong, retries: 1 }'];

const STEPS = [
  'users -> lb -> api',
  'users -> edge',
  'edge -> lb -> web on miss',
  'web -> api',
  'api -> pages read 2 KB',
  'api -> orders read order on miss',
  'api -> orders write order',
  'api -> orders read open 4 KB',
  'api -> orders read late',
  'api ~> mailer',
  'api -> jobs publish 1 KB',
  'jobs ~> mailer',
  'mailer -> pay optional',
  'api -> pay',
  'else api -> votes read vote',
  'api -> votes write vote',
  'api -> voters -> web',
  'api -> api 60% | web 40%',
  'web -> media write 1 MB when 10%',
  'users -> web',
  'web -> pages read 1 KB',
  'web -> votes read vote requires: strong',
  'requires: strong',
  'slo: availability >= 99.99%',
  'slo: rto <= 5 min, rpo <= 1 s',
  'slo: rto <= 10 s, rpo <= 1 h',
  'api -> orders write times 3',
  'users -> edge -> lb -> api -> web',
  'users -> web -> api',
];
const RATES = ['at 1/s', 'at 20/day each', 'at 1000/s', '', 'at Browse * 50%', 'at Order'];
const FAILS = ['us', 'us.a', 'eu', 'api', 'pages', 'orders', 'web', 'lb', '1 of orders', 'voters'];
const ACCEPTS = [
  'single-point-of-failure on lb',
  'single-point-of-failure on api',
  'over-capacity on api',
  'unused-component on idle',
  'missing-router on web',
  'cap-mismatch on votes',
  'single-point-of-failure on Browse',
  'no-such-rule on api',
  'single-point-of-failure on us',
  'cross-shard-query on orders.late',
];
const GROUPS = ['', 'across us, eu', 'across us, eu pinned'];

interface Flow {
  rate: number;
  there: boolean;
  steps: number[];
}

/** A design as choices: what an author changes one at a time. */
export interface Choices {
  readonly order: number[];
  readonly there: boolean[];
  readonly titles: number[];
  readonly properties: number[][];
  readonly connections: number[];
  readonly flows: [Flow, Flow, Flow];
  fails: number[];
  readonly accepts: Set<number>;
  group: number;
  /** A blank line more or less at the top: everything moves. */
  above: number;
}

export type Edit = readonly [kind: number, a: number, b: number, c: number];

const number = fc.nat(999);
export const edit: fc.Arbitrary<Edit> = fc.tuple(fc.nat(13), number, number, number);

export function start(seeds: readonly number[]): Choices {
  let at = 0;
  const next = (n: number): number => (seeds[at++ % seeds.length] as number) % n;
  return {
    order: PARTS.map((_, i) => i),
    there: PARTS.map(() => next(8) > 0),
    titles: PARTS.map(() => 0),
    properties: PARTS.map((p) => p.properties.map((list) => next(list.length))),
    connections: CONNECTIONS.map(() => next(SETTINGS.length + 2)),
    flows: [0, 1, 2].map(() => ({
      rate: next(RATES.length),
      there: true,
      steps: [0, ...Array.from({ length: 5 }, () => next(STEPS.length))],
    })) as Choices['flows'],
    fails: [],
    accepts: new Set(),
    group: next(GROUPS.length),
    above: 0,
  };
}

/** Makes one edit, as an author would. */
export function apply(choices: Choices, [kind, a, b, c]: Edit): void {
  const part = a % PARTS.length;
  const flow = choices.flows[a % 3] as Flow;
  const swap = (list: number[], i: number, j: number): void => {
    [list[i], list[j]] = [list[j] as number, list[i] as number];
  };
  switch (kind) {
    case 0:
    case 1:
    case 2: {
      const list = choices.properties[part] as number[];
      const which = b % list.length;
      list[which] = c % ((PARTS[part] as Part).properties[which] as readonly string[]).length;
      return;
    }
    case 3:
      choices.there[part] = !choices.there[part];
      return;
    case 4:
      swap(choices.order, part, b % PARTS.length);
      return;
    case 5:
      choices.connections[a % CONNECTIONS.length] = b % (SETTINGS.length + 2);
      return;
    case 6:
      flow.rate = b % RATES.length;
      return;
    case 7:
      flow.steps.splice(b % (flow.steps.length + 1), 0, c % STEPS.length);
      return;
    case 8:
      flow.steps.splice(b % flow.steps.length, flow.steps.length > 2 ? 1 : 0);
      return;
    case 9:
      flow.there = !flow.there;
      return;
    case 10:
      choices.fails = b % 3 === 0 ? [] : [a % FAILS.length, c % FAILS.length];
      return;
    case 11: {
      const accept = a % ACCEPTS.length;
      if (!choices.accepts.delete(accept)) choices.accepts.add(accept);
      return;
    }
    case 12:
      if (b % 2 === 0) choices.group = a % GROUPS.length;
      else choices.flows.reverse();
      return;
    default:
      if (b % 2 === 0) choices.above = a % 4;
      else choices.titles[part] = c % TITLE.length;
  }
}

const FLOWS = ['Browse', 'Order', 'Report'];

export function textOf(choices: Choices): string {
  const parts = choices.order.flatMap((i) => {
    const part = PARTS[i] as Part;
    if (!choices.there[i]) return [];
    const properties = part.properties.flatMap((list, p) => list[choices.properties[i]?.[p] ?? 0] || []);
    const text = `${part.head}${TITLE[choices.titles[i] ?? 0]} {\n${[...properties, ...(part.body ?? [])].map((l) => `  ${l}\n`).join('')}}`;
    const group = GROUPS[choices.group] as string;
    // `api` and what it is beside may lie in a stamp.
    return part.head === 'service api' && group !== '' ? [`group cell ${group} {\n${text}\n}`] : [text];
  });
  const connections = CONNECTIONS.flatMap((c, i) => {
    const settings = SETTINGS[choices.connections[i] ?? 0];
    return settings === undefined ? [] : [`${c}${settings}`];
  });
  const flows = choices.flows.map((flow, i) => ({ flow, name: FLOWS[i] as string })).filter(({ flow }) => flow.there);
  return [
    `${'\n'.repeat(choices.above)}system Changing`,
    'region us { availability: 99.9%, zones: a, b, c }\nregion eu { zones: a, b }',
    ...parts,
    ...connections,
    ...flows.map(
      ({ flow, name }) => `flow ${name} from users ${RATES[flow.rate]} {\n${flow.steps.map((s) => `  ${STEPS[s]}\n`).join('')}}`,
    ),
    choices.fails.length > 0 ? `scenario Bad { ${choices.fails.map((f) => `fail ${FAILS[f]}`).join('\n  ')} }` : '',
    ...[...choices.accepts].map((a) => `accept ${ACCEPTS[a]} because "decided"`),
  ].join('\n\n');
}
