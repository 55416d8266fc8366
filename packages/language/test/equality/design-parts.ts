import type { Names } from './designs.ts';
import type { Random } from './random.ts';

/** A component that a generated design has, with what its flows may say of it. */
export interface Made {
  readonly name: string;
  readonly kind: string;
  /** Tables and queries. */
  readonly tables: readonly string[];
  readonly queries: readonly string[];
}

const TECHNOLOGY_OF: Readonly<Record<string, readonly string[]>> = {
  dns: ['route53', 'coredns'],
  cdn: ['cloudfront', 'cloudflare'],
  loadbalancer: ['haproxy', 'nginx', 'alb', 'nlb'],
  gateway: ['kong', 'traefik', 'envoy'],
  service: ['go', 'java', 'nodejs', 'python'],
  worker: ['celery', 'go'],
  function: ['lambda'],
  cache: ['redis', 'memcached', 'valkey'],
  database: ['postgres', 'mysql', 'cassandra', 'mongodb', 'dynamodb', 'cockroachdb'],
  search: ['elasticsearch', 'opensearch'],
  queue: ['rabbitmq', 'sqs'],
  stream: ['kafka', 'kinesis'],
  blobstore: ['s3', 'minio'],
  external: ['smtp'],
  mesh: ['istio'],
  registry: ['etcd', 'consul', 'zookeeper'],
  scheduler: ['cron'],
  monitor: ['prometheus'],
};

/** Technologies of the author's: one that is new, and one that takes the place of the library's. */
export const TECHNOLOGIES: readonly string[] = [
  'technology mystore: database, cache {\n  title: "My store"\n  model: key-value, port: 7000\n  capacity: 2000/s per core source "our load test of March"\n  consistency: CP if replication sync, AP\n}',
  'technology haproxy: loadbalancer "Our HAProxy" {\n  capacity: 20k/s per core source "measured"\n  cores: 2\n}',
];

/** Values of properties, right for their kind. Edits draw from here, too. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  replicas: ['1', '2', '3', '6', '3 in us.a', '2 across us'],
  cores: ['1', '2', '4', '16'],
  'cpu-time': ['1 ms', '5 ms', '20 ms', '0.5 s'],
  memory: ['4 GB', '64 GB', '512 MiB'],
  disk: ['100 GB', '12 TB'],
  health: ['http "/healthz"', 'tcp', 'http "/h" every 5 s threshold 3', 'command "ok"'],
  failover: ['automatic', 'manual', 'none'],
  replication: ['sync', 'async', 'quorum'],
  shards: ['4 by hash(user_id)', '16 by hash(order_id)', '8 by consistent-hash(user_id)', '3 by range(order_id)'],
  'hit-ratio': ['90%', '50%', '0%', 'share-0'],
  ttl: ['10 min', '6 h'],
  mode: ['active-passive', 'active-active', 'multi-primary'],
  capacity: ['500/s', '200/s per core', '1k/s for read, 100/s for write'],
  'max-utilization': ['60%', '80%'],
  availability: ['99.9%', '99.99%'],
  latency: ['2 ms', 'p50 2 ms p99 10 ms'],
  timeout: ['50 ms', '200 ms', '2 s'],
  retries: ['1', '2', '5'],
  backoff: ['exponential 50 ms', 'linear 1 s', 'none'],
  retention: ['7 day', '5 year'],
  'daily-active': ['1k', '2M', '80M..120M'],
  peak: ['1x', '3x', '10x'],
  online: ['5', '2k', '1M'],
  'think-time': ['0 s', '4 s'],
  growth: ['0%/year', '50%/year'],
  profile: ['0 h 20%, 12 h 100%, 20 h 60%', '0 h 100%, 6 h 10%'],
  schedule: ['2 h..4 h', 'every 1 h for 5 min'],
  connections: ['20k'],
  protocol: ['websocket', 'tcp'],
  skew: ['1.5', 'zipf 0.99 over 1M'],
  partitions: ['12', '128'],
  'min-in-sync': ['1', '2'],
  host: ['rack-7', 'rack-7, rack-8'],
  shares: ['deploy-ring-1'],
  reads: ['any', 'primary', 'replicas'],
  backup: ['every 1 day retain 30 day', 'every 1 h'],
  lag: ['200 ms', '1 min'],
  'failover-time': ['30 s', '10 min'],
  autoscale: ['2..20 at cpu 60%'],
  'rate-limit': ['100/min by ip'],
  requires: ['strong', 'eventual', 'read-your-writes'],
  slo: ['availability >= 99.9%, p99 <= 200 ms', 'completion p99 <= 5 s', 'rto <= 5 min, rpo <= 1 s'],
};

const BODY_OF: Readonly<Record<string, readonly string[]>> = {
  client: ['daily-active', 'peak', 'online', 'think-time', 'growth', 'profile', 'schedule'],
  dns: ['availability', 'ttl'],
  cdn: ['hit-ratio', 'ttl'],
  loadbalancer: ['replicas', 'mode', 'failover', 'cores', 'health'],
  gateway: ['replicas', 'health', 'cpu-time', 'cores', 'rate-limit'],
  service: [
    'replicas',
    'cores',
    'cpu-time',
    'health',
    'max-utilization',
    'host',
    'autoscale',
    'shares',
    'latency',
    'connections',
    'protocol',
  ],
  worker: ['replicas', 'cores', 'cpu-time', 'health'],
  function: ['cpu-time', 'memory'],
  cache: ['replicas', 'failover', 'hit-ratio', 'ttl', 'memory', 'shards'],
  database: [
    'replicas',
    'failover',
    'replication',
    'shards',
    'skew',
    'cores',
    'disk',
    'backup',
    'reads',
    'capacity',
    'availability',
    'mode',
    'lag',
    'failover-time',
  ],
  search: ['replicas', 'shards'],
  queue: ['replicas', 'failover'],
  stream: ['partitions', 'replicas', 'min-in-sync', 'retention'],
  blobstore: ['availability'],
  external: ['availability', 'latency'],
  registry: ['replicas'],
  scheduler: ['peak', 'replicas', 'growth'],
};

const name = (kind: string, index: number): string => `${kind === 'loadbalancer' ? 'lb' : kind}-${index}`;

/** A component of that kind; its name and tables are added to the names. */
export function componentText(random: Random, names: Names, kind: string): string {
  const id = name(kind, names.components.length);
  const technology = random.chance(0.7) ? random.pick(TECHNOLOGY_OF[kind] ?? ['']) : '';
  const title = random.chance(0.25) ? ` "${kind} number ${names.components.length}"` : '';
  const head = `${kind} ${id}${technology === '' ? '' : `: ${technology}`}${title}`;
  const doc = random.chance(0.2) ? `/// What ${id} does.\n${random.chance(0.3) ? '/// It does it well.\n' : ''}` : '';
  const mentioned = others(random, names);
  const lines = bodyOf(random, names, kind, mentioned);
  const { tables, queries, text } = kind === 'database' ? tablesOf(random) : { tables: [], queries: [], text: [] };
  names.components.push({ name: id, kind, tables, queries });
  if (lines.length + text.length === 0) return `${doc}${head}`;
  if (text.length === 0 && random.chance(0.4)) return `${doc}${head} { ${lines.join(', ')} }`;
  const body = [...lines.map((line) => `${line}${random.chance(0.05) ? ' // so it is' : ''}`), ...text];
  return `${doc}${head} {\n${body.map((line) => `  ${line}`).join('\n')}\n}`;
}

function bodyOf(random: Random, names: Names, kind: string, mentioned: string): string[] {
  if (kind === 'mesh') return mentioned === '' ? [] : [`covers: ${mentioned}`, 'when-control-plane-fails: closed'];
  if (kind === 'monitor') return mentioned === '' ? [] : [`scrapes: ${mentioned}`];
  return (BODY_OF[kind] ?? [])
    .filter((property) => random.chance(property === 'cpu-time' || property === 'daily-active' ? 0.9 : 0.5))
    .map((property) => `${property}: ${valueFor(random, names, property)}`);
}

function others(random: Random, names: Names): string {
  const services = names.components.filter((c) => c.kind === 'service').map((c) => c.name);
  return random.shuffled(services).slice(0, 3).join(', ');
}

/** A value for a property, of those that name only what is there. */
export function valueFor(random: Random, names: Names, property: string): string {
  if (property === 'replicas') {
    const count = 1 + random.below(6);
    const place = names.places.length > 0 && random.chance(0.6) ? random.pick(names.places) : undefined;
    return place === undefined ? String(count) : `${count} across ${place}`;
  }
  const values = (VALUES[property] ?? ['1']).filter((v) => v !== 'share-0' || names.lets.includes(v));
  return random.pick(values);
}

function tablesOf(random: Random): { tables: string[]; queries: string[]; text: string[] } {
  const tables = ['user', 'order', 'line', 'product'].slice(0, random.below(5));
  const text = tables.map((table) => {
    const size = random.chance(0.3) ? 'rows: 20M' : 'retention: 5 year';
    const shardKey = random.chance(0.5) ? `, shard-key: ${random.pick(['user_id', 'order_id'])}` : '';
    return `table ${table} { key: ${table}_id${shardKey}, row: ${100 * (1 + random.below(20))} B, ${size} }`;
  });
  const queries: string[] = [];
  if (tables.length >= 2) {
    const [left, right] = random.shuffled(tables);
    queries.push('joined');
    text.push(`query joined {\n    join ${left}.user_id = ${right}.user_id\n    where ${left}.user_id\n  }`);
  }
  if (tables.length >= 1 && random.chance(0.4)) {
    queries.push('late');
    text.push(`query late {\n    from ${tables[0]}\n    where ${tables[0]}.due\n  }`);
  }
  return { tables, queries, text };
}
