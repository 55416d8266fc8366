import { KIND_NAMES, type Kind } from '../kinds.ts';
import { DAY } from '../quantity/calendar.ts';
import { BANDWIDTH, COUNT, DATA, EUR, RATE, TIME, USD } from '../quantity/dimension.ts';
import type { Quantity } from '../quantity/quantity.ts';
import {
  after,
  call,
  choice,
  flag,
  list,
  may,
  name,
  need,
  needAfter,
  needFlag,
  type Phrase,
  q,
  range,
  record,
  text,
  type ValueOf,
  word,
} from './phrase.ts';
import type { Owner, PropertySchema } from './property.ts';

const ANY = KIND_NAMES.filter((k) => k !== 'client');
const STORE: readonly Kind[] = ['database', 'cache', 'search', 'blobstore'];
const ANY_AND_PLACES: readonly Owner[] = [...ANY, 'region', 'zone'];
const ELASTIC: readonly Kind[] = ['service', 'worker', 'function', 'gateway'];
const MONEY_PER_TIME = [USD, EUR].map((d) => ({ ...d, time: -1 }));

const ratio = (most?: number): Phrase<Quantity> => q(COUNT, most === undefined ? { least: 0 } : { least: 0, most });
const count = (least = 0) => q(COUNT, { least, whole: true });
const time = q(TIME, { least: 0 });
const timeOfDay = q(TIME, { least: 0, most: DAY });
const someTime = q(TIME, { positive: true });
const rate = q(RATE, { positive: true });
const yesNo = word('yes', 'no');
const names = (role: 'component' | 'place' | 'column' | 'fate') => list(name(role));
const sharding = ['hash', 'range', 'geo', 'directory', 'consistent-hash'] as const;

/** Types the entry by its phrase. */
const property = <T>(entry: PropertySchema<T>): PropertySchema<T> => entry;

/**
 * Every property of the language: the one table that validation, completion, hover, lowering and the reference read.
 * Grouped as in the reference: load, size, placement and redundancy, stores, caches, entry, messages, operations, tables, flows, connections.
 */
export const PROPERTIES = {
  'daily-active': property({
    phrase: q(COUNT, { least: 0 }),
    on: ['client'],
    doc: 'Users (or devices) active on an average day. `at 10/day each` is per one of them.',
    example: '100M',
  }),
  online: property({
    phrase: q(COUNT, { least: 0 }),
    on: ['client'],
    doc: 'Users (or devices) that are online at the same time, at peak. With `think-time` the flows that say no rate follow from it.',
    example: '2M',
  }),
  'think-time': property({
    phrase: time,
    on: ['client'],
    doc: 'Mean time between an answer and the next request of the same user. Each of the users `online` then runs the flows that say no rate again and again: a closed system, whose rate is online ÷ (think-time + response time).',
    example: '4 s',
  }),
  peak: property({
    phrase: q(COUNT, { least: 1 }),
    on: ['client', 'scheduler', 'external'],
    doc: 'Peak rate over average rate of the traffic that starts here.',
    default: '2x',
    source: 'Alex Xu, System Design Interview, ch. 2: "peak = 2 x average"',
    example: '3x',
  }),
  profile: property({
    phrase: list(record({ at: need(timeOfDay), rate: need(q(COUNT, { least: 0 })) })),
    on: ['client', 'scheduler', 'external'],
    doc: 'How the traffic that starts here is spread over the day, instead of `peak`: times of the day, each with how much there is then in proportion to the other times. A straight line lies between two of them, behind the last it goes on to the first of the next day, and a time given twice is a jump. The mean of the day is the average rate; a component peaks when the sum of what reaches it is largest.',
    example: '0 h 20%, 8 h 80%, 12 h 100%, 20 h 60%',
  }),
  schedule: property({
    phrase: choice(record({ every: needAfter('every', someTime), for: needAfter('for', someTime) }), list(range(TIME))),
    on: ['client', 'scheduler', 'external'],
    doc: 'When what starts here runs, instead of `peak`: all requests of a day come evenly within these times of the day (`2 h..4 h`), or within a part of each period (`every 1 h for 5 min`), which may fall together with the peak of anything else.',
    example: '2 h..4 h',
  }),
  growth: property({
    phrase: q(RATE, { least: 0 }),
    on: ['client', 'scheduler', 'external'],
    doc: 'How much the traffic that starts here grows in a year, compounding once a year: with `50%/year` it is 2.25 times as much after two years. Without it nothing grows.',
    example: '50%/year',
  }),

  replicas: property({
    phrase: record({ count: need(count(1)), across: after('across', names('place')), in: after('in', names('place')) }),
    on: ANY,
    doc: 'Instances in all (per shard, and per copy of a stamp). `across` deals them to the zones of the places in the order written; `in` places each one, or all in one place. The first is the primary.',
    default: '1',
    source: 'what is drawn once is there once',
    example: '3 across us',
  }),
  nodes: property({
    phrase: count(1),
    on: ['database', 'cache', 'search', 'stream', 'queue'],
    doc: 'Machines of the cluster, where it has more of them than copies of each key. Default: shards × replicas.',
    example: '12',
  }),
  autoscale: property({
    phrase: record({ range: need(range(COUNT, true)), target: needAfter('at cpu', ratio(1)) }),
    on: ELASTIC,
    doc: 'Instances grow and shrink within the range to keep CPU at the target.',
    example: '40..200 at cpu 70%',
  }),
  'boot-time': property({
    phrase: time,
    on: ELASTIC,
    doc: 'From the decision to scale out until the new instance serves.',
    fromTechnology: true,
    example: '90 s',
  }),
  'min-available': property({ phrase: count(1), on: ANY, doc: 'Instances that must be up for the component to work.', example: '2' }),
  'max-utilization': property({
    phrase: q(COUNT, { least: 0.01, most: 1 }),
    on: ANY,
    doc: 'Utilisation up to which one plans; above it waiting times grow fast.',
    default: '70%',
    source: 'planning rule: M/M/c waiting grows as 1/(1 − utilisation); Azure Well-Architected plans 75 %',
    example: '60%',
  }),
  cores: property({ phrase: q(COUNT, { least: 0.01 }), on: ANY, doc: 'CPU cores of one instance.', fromTechnology: true, example: '4' }),
  memory: property({ phrase: q(DATA, { least: 0 }), on: ANY, doc: 'Memory of one instance.', fromTechnology: true, example: '16 GB' }),
  disk: property({ phrase: q(DATA, { least: 0 }), on: ANY, doc: 'Disk of one instance.', fromTechnology: true, example: '2 TB' }),
  'cpu-time': property({
    phrase: someTime,
    on: ['service', 'worker', 'function', 'gateway', 'loadbalancer'],
    doc: 'CPU time that one request or message takes. Sizes the component: cores = rate × cpu-time.',
    example: '10 ms',
  }),
  capacity: property({
    phrase: list(record({ rate: need(rate), perCore: flag('per core'), for: after('for', word('read', 'write')) })),
    on: ANY,
    doc: 'Requests per second that one instance (or one core of it) sustains; where `cpu-time` is given, that counts instead.',
    fromTechnology: true,
    example: '500/s per core for write',
  }),
  latency: property({
    phrase: choice(record({ p50: needAfter('p50', time), p99: after('p99', time) }), record({ mean: need(time) })),
    on: ANY,
    doc: 'Time of one answer without the calls it makes and without waiting. With p50 and p99 it is log-normal; one number is a mean, and the time is taken as exponential.',
    fromTechnology: true,
    example: 'p50 2 ms p99 10 ms',
  }),
  bandwidth: property({
    phrase: q(BANDWIDTH, { least: 0 }),
    on: ANY,
    doc: 'Network throughput of one instance.',
    fromTechnology: true,
    example: '10 Gbps',
  }),
  connections: property({
    phrase: q(COUNT, { least: 0 }),
    on: ['gateway', 'loadbalancer', 'service'],
    doc: 'Connections that one instance can hold.',
    fromTechnology: true,
    example: '20k',
  }),
  'max-connections': property({
    phrase: q(COUNT, { least: 0 }),
    on: ['database', 'cache'],
    doc: 'Connections that one instance accepts.',
    fromTechnology: true,
    example: '100',
  }),

  health: property({
    phrase: record({
      probe: need(
        choice(
          record({ http: needAfter('http', text) }),
          record({ command: needAfter('command', text) }),
          record({ tcp: needFlag('tcp') }),
        ),
      ),
      every: after('every', time),
      threshold: after('threshold', count(1)),
      checks: after('checks', names('component')),
    }),
    on: ANY,
    doc: 'How one can tell that an instance is alive. Without it what routes to the component keeps sending to dead instances.',
    fromTechnology: true,
    example: 'http "/healthz" every 5 s',
  }),
  availability: property({
    phrase: q(COUNT, { least: 0, most: 1 }),
    on: ANY_AND_PLACES,
    doc: 'Share of time that one instance is up (of something managed: the whole).',
    fromTechnology: true,
    example: '99.9%',
  }),
  'zone-availability': property({
    phrase: q(COUNT, { least: 0, most: 1 }),
    on: ['region'],
    doc: 'Share of time that one zone of the region is up.',
    example: '99.9%',
  }),
  'round-trip': property({
    phrase: list(
      record({ time: need(time), inZone: flag('in zone'), betweenZones: flag('between zones'), to: after('to', name('place')) }),
    ),
    on: ['region', 'zone'],
    doc: 'Time of a packet there and back: `in zone` inside one zone, `between zones` of the region, `to` another region or zone (it holds both ways); without any of these everywhere inside.',
    default: '0.25ms in zone, 1ms between zones',
    source:
      'sirupsen/napkin-math: network within a region 250 us; between zones: Oren Sol, Network Latency Inside And Across Amazon EC2 Availability Zones, 2009: 0.9-1.1 ms',
    example: '1 ms between zones, 80 ms to eu',
  }),
  zones: property({ phrase: names('fate'), on: ['region'], doc: 'The zones of the region; `us.a` elsewhere.', example: 'a, b, c' }),
  mtbf: property({
    phrase: time,
    on: ANY_AND_PLACES,
    doc: 'Mean time between failures of one instance. Goes with `mttr`.',
    example: '1 year',
  }),
  mttr: property({ phrase: time, on: ANY_AND_PLACES, doc: 'Mean time to repair. Goes with `mtbf`.', example: '1 h' }),
  managed: property({
    phrase: yesNo,
    on: ANY,
    doc: 'Run by a provider, who makes it redundant: fails as a whole or not at all.',
    default: 'no',
    source: 'sysd: redundancy must be said',
    fromTechnology: true,
    example: 'yes',
  }),
  host: property({
    phrase: names('fate'),
    on: ANY,
    doc: 'Machines or racks that the instances stand on: what stands on the same fails with it.',
    example: 'rack-7',
  }),
  shares: property({
    phrase: names('fate'),
    on: ANY,
    doc: 'Fates shared by all its instances: a deployment ring, a configuration, a power feed.',
    example: 'deploy-ring-1',
  }),
  mode: property({
    phrase: word('active-active', 'active-passive', 'multi-primary'),
    on: ANY,
    doc: 'How the replicas work together. Default: stores have a primary and standbys, all else is active-active.',
    example: 'active-passive',
  }),
  conflicts: property({
    phrase: word('last-write-wins', 'merge', 'application'),
    on: ['database', 'cache'],
    doc: 'What becomes of two writes to the same key on two primaries.',
    example: 'last-write-wins',
  }),
  failover: property({
    phrase: record({ kind: need(word('automatic', 'manual', 'none')), via: after('via', name('component')) }),
    on: ANY,
    doc: 'Who makes a standby the primary when the primary fails.',
    default: 'none',
    source: 'sysd: failover must be said',
    fromTechnology: true,
    example: 'automatic',
  }),
  'failover-success': property({
    phrase: ratio(1),
    on: ANY,
    doc: 'Probability that the failover works when it is needed.',
    fromTechnology: true,
    example: '99%',
  }),
  'failover-time': property({ phrase: time, on: ANY, doc: 'From the failure to the new primary.', fromTechnology: true, example: '30 s' }),
  quorum: property({
    phrase: choice(word('majority'), count(1)),
    on: ['database', 'registry', 'queue', 'cache'],
    doc: 'Replicas that must be up for anything to work (a voting group).',
    fromTechnology: true,
    example: 'majority',
  }),
  'write-quorum': property({
    phrase: choice(word('majority', 'all', 'one'), count(1)),
    on: ['database'],
    doc: 'Replicas that must confirm a write (leaderless stores).',
    fromTechnology: true,
    example: 'majority',
  }),
  'read-quorum': property({
    phrase: choice(word('majority', 'all', 'one'), count(1)),
    on: ['database'],
    doc: 'Replicas that must answer a read (leaderless stores).',
    fromTechnology: true,
    example: 'one',
  }),
  'write-concern': property({
    phrase: choice(word('majority', 'local', 'linearizable'), count(0)),
    on: ['database'],
    doc: 'MongoDB: how many members confirm a write.',
    fromTechnology: true,
    example: 'majority',
  }),
  'read-concern': property({
    phrase: choice(word('majority', 'local', 'linearizable'), count(0)),
    on: ['database'],
    doc: 'MongoDB: what a read may see.',
    fromTechnology: true,
    example: 'linearizable',
  }),
  replication: property({
    phrase: word('sync', 'async', 'quorum'),
    on: [...STORE, 'stream', 'queue'],
    doc: 'Whether a write waits for the standbys (`sync`), not (`async`), or for a majority (`quorum`).',
    fromTechnology: true,
    example: 'async',
  }),
  reads: property({
    phrase: word('any', 'primary', 'replicas'),
    on: STORE,
    doc: 'Which replicas serve reads.',
    default: 'any',
    source: 'sysd',
    fromTechnology: true,
    example: 'replicas',
  }),
  lag: property({
    phrase: time,
    on: STORE,
    doc: 'How far asynchronous replicas trail the primary.',
    fromTechnology: true,
    example: '200 ms',
  }),
  shards: property({
    phrase: record({ count: need(count(1)), by: needAfter('by', call(sharding, 'column')) }),
    on: ['database', 'cache', 'search'],
    doc: 'Splits the data over that many parts by a key; each part has its own replicas.',
    example: '32 by hash(user_id)',
  }),
  skew: property({
    phrase: choice(
      q(COUNT, { least: 1 }),
      record({
        zipf: needAfter('zipf', q(COUNT, { least: 0, most: 10 })),
        keys: needAfter('over', q(COUNT, { least: 1, most: 1e15, whole: true })),
      }),
    ),
    on: ['database', 'cache', 'search'],
    doc: 'Load of the hottest shard over the mean; or how unevenly keys are asked for, `zipf 0.99 over 1M` of them (the k-th most popular one in proportion to k^−s), from which it follows.',
    default: '1x',
    source: 'sysd: even keys unless said otherwise',
    example: '1.5x',
  }),
  backup: property({
    phrase: record({ every: needAfter('every', time), retain: after('retain', time) }),
    on: STORE,
    doc: 'How often the data is copied away, and how long copies are kept. Replicas are not backups.',
    example: 'every 1 day retain 30 day',
  }),
  model: property({
    phrase: word('relational', 'document', 'key-value', 'wide-column', 'graph'),
    on: ['database'],
    doc: 'Data model.',
    fromTechnology: true,
    example: 'relational',
  }),
  consistency: property({
    phrase: choice(
      word('strong', 'eventual', 'one', 'quorum', 'all'),
      list(
        record({ model: need(word('CP', 'AP')), if: after('if', record({ property: need(name('property')), value: need(name('fate')) })) }),
      ),
    ),
    on: ['technology', ...STORE, ...(['stream', 'queue', 'registry'] as const), 'connection'],
    doc: 'Of a store, its behaviour under a network partition by configuration: `CP if replication sync, AP if replication async`; the first that holds counts. Of a connection, what its requests ask for: `quorum`, `strong`; else as the store has it.',
    fromTechnology: true,
    example: 'CP if replication sync, AP',
  }),

  strategy: property({
    phrase: word('cache-aside', 'read-through', 'write-through', 'write-behind'),
    on: ['cache'],
    doc: 'Who fills the cache and when writes reach the source.',
    default: 'cache-aside',
    source: 'the commonest pattern',
    example: 'cache-aside',
  }),
  'hit-ratio': property({
    phrase: ratio(1),
    on: ['cache', 'cdn', 'gateway'],
    doc: 'Share of reads answered from the cache. Without it steps `on miss` are not estimated.',
    example: '90%',
  }),
  ttl: property({ phrase: time, on: ['cache', 'cdn', 'dns'], doc: 'How long an entry lives.', fromTechnology: true, example: '10 min' }),
  eviction: property({
    phrase: word('lru', 'lfu', 'ttl', 'none', 'allkeys-lru'),
    on: ['cache'],
    doc: 'What goes when memory is full.',
    fromTechnology: true,
    example: 'lru',
  }),
  popularity: property({
    phrase: record({ zipf: needAfter('zipf', q(COUNT, { least: 0 })) }),
    on: ['cache'],
    doc: 'How unevenly keys are asked for: the k-th most popular one in proportion to k^−s (Zipf); 0 all alike, about 0.8 to 1 for pages and names. With it `sysd estimate` says which hit ratio the memory buys.',
    example: 'zipf 0.9',
  }),
  invalidation: property({
    phrase: choice(record({ by: needAfter('by', word('key', 'tag')) }), word('none')),
    on: ['cache'],
    doc: 'How stale entries are removed before their time.',
    example: 'by key',
  }),
  level: property({
    phrase: record({ level: need(word('browser', 'cdn', 'in-process', 'distributed')), of: after('of', name('component')) }),
    on: ['cache'],
    doc: 'Where the cache stands; an in-process cache fails and scales with its component.',
    default: 'distributed',
    source: 'sysd',
    example: 'in-process of api',
  }),

  layer: property({
    phrase: q(COUNT, { least: 4, most: 7, whole: true }),
    on: ['loadbalancer'],
    doc: 'OSI layer at which it balances: 4 (connections) or 7 (requests).',
    default: '7',
    source: 'sysd',
    fromTechnology: true,
    example: '7',
  }),
  algorithm: property({
    phrase: record({
      name: need(
        call(
          [
            'round-robin',
            'weighted',
            'least-connections',
            'least-response-time',
            'ip-hash',
            'geographic',
            'consistent-hash',
            'hash',
            'random',
            'weighted-least-connections',
          ],
          'fate',
          [
            'round-robin',
            'weighted',
            'least-connections',
            'least-response-time',
            'ip-hash',
            'geographic',
            'consistent-hash',
            'random',
            'weighted-least-connections',
          ],
        ),
      ),
      vnodes: after('vnodes', count(1)),
      weights: after('weights', list(q(COUNT, { least: 0 }))),
    }),
    on: ['loadbalancer', 'gateway'],
    doc: 'How it chooses the instance for a request.',
    default: 'round-robin',
    source: 'the default of HAProxy and nginx',
    example: 'least-connections',
  }),
  auth: property({
    phrase: word('jwt', 'oauth', 'mtls', 'key', 'none'),
    on: ['gateway', 'service'],
    doc: 'How callers prove who they are.',
    default: 'none',
    source: 'sysd: must be said',
    example: 'jwt',
  }),
  'rate-limit': property({
    phrase: list(record({ rate: need(rate), by: after('by', name('fate')), in: after('in', name('component')) })),
    on: ['gateway', 'service'],
    doc: 'Requests admitted per time, `by ip`, `by user` or by a named key, counted `in` a shared store.',
    example: '100/min by ip in limits',
  }),
  protocol: property({
    phrase: word('http', 'grpc', 'graphql', 'websocket', 'tcp'),
    on: [...ANY, 'client', 'connection'],
    doc: 'Application protocol.',
    default: 'http',
    source: 'sysd',
    fromTechnology: true,
    example: 'grpc',
  }),

  partitions: property({
    phrase: count(1),
    on: ['stream', 'table'],
    doc: 'Parts of a stream (or table) that are consumed or stored independently.',
    fromTechnology: true,
    example: '128',
  }),
  'partition-capacity': property({
    phrase: list(q([RATE, BANDWIDTH], { positive: true })),
    on: ['stream'],
    doc: 'What one partition takes from producers: messages or bytes per second, or both.',
    fromTechnology: true,
    example: '1000/s, 1 MB/s',
  }),
  'min-in-sync': property({
    phrase: count(1),
    on: ['stream'],
    doc: 'Replicas that must have a message before it counts as written.',
    fromTechnology: true,
    example: '2',
  }),
  acks: property({
    phrase: choice(word('all'), q(COUNT, { least: 0, most: 1, whole: true })),
    on: ['stream'],
    doc: 'Confirmations a producer waits for.',
    fromTechnology: true,
    example: 'all',
  }),
  retention: property({
    phrase: time,
    on: ['stream', 'table', 'blobstore'],
    doc: 'How long data is kept.',
    fromTechnology: true,
    example: '7 day',
  }),
  delivery: property({
    phrase: word('at-most-once', 'at-least-once', 'exactly-once'),
    on: ['queue', 'stream'],
    doc: 'Delivery guarantee to consumers.',
    fromTechnology: true,
    example: 'at-least-once',
  }),
  'dead-letters': property({
    phrase: name('component'),
    on: ['queue', 'stream'],
    doc: 'Queue to which messages go that cannot be handled.',
    example: 'failed-jobs',
  }),
  'max-length': property({
    phrase: q([COUNT, DATA], { least: 0 }),
    on: ['queue'],
    doc: 'Messages (or bytes) beyond which the queue refuses or drops.',
    example: '1M',
  }),
  group: property({
    phrase: name('fate'),
    on: ['worker'],
    doc: 'Consumer group; workers of one group share the messages. Default: its own name.',
    example: 'mailers',
  }),
  idempotent: property({
    phrase: yesNo,
    on: ['worker', 'connection'],
    doc: 'Doing it twice has the effect of doing it once.',
    default: 'no',
    source: 'sysd: must be said',
    example: 'yes',
  }),
  'event-sourcing': property({
    phrase: record({ every: needAfter('snapshot every', count(1)) }),
    on: ['database', 'stream'],
    doc: 'Stores events instead of states; a snapshot every so many events.',
    example: 'snapshot every 100',
  }),

  covers: property({
    phrase: names('component'),
    on: ['mesh'],
    doc: 'Services whose traffic runs through its sidecars.',
    example: 'orders, payments',
  }),
  'when-control-plane-fails': property({
    phrase: word('open', 'closed'),
    on: ['mesh'],
    doc: 'Whether sidecars go on with their last configuration (`open`) or stop (`closed`).',
    default: 'open',
    source: 'static stability: Istio and Consul data planes keep running',
    example: 'closed',
  }),
  'sidecar-availability': property({
    phrase: ratio(1),
    on: ['mesh'],
    doc: 'Availability of one sidecar; no failure event if not said.',
    fromTechnology: true,
    example: '99.99%',
  }),
  'sidecar-cpu': property({
    phrase: time,
    on: ['mesh'],
    doc: 'CPU time that a sidecar takes per request.',
    fromTechnology: true,
    example: '0.35 ms',
  }),
  scrapes: property({
    phrase: names('component'),
    on: ['monitor'],
    doc: 'Components whose metrics it collects. Default: all.',
    example: 'api, orders',
  }),
  checks: property({
    phrase: names('component'),
    on: ['monitor'],
    doc: 'Components that it probes from outside. Default: all.',
    example: 'lb',
  }),
  pinned: property({
    phrase: yesNo,
    on: ['group'],
    doc: 'A request belongs to one copy of the stamp and another cannot take it.',
    default: 'no',
    source: 'sysd',
    example: 'yes',
  }),
  image: property({
    phrase: text,
    on: [...ANY, 'technology'],
    doc: 'Container image for the export, with a pinned tag.',
    fromTechnology: true,
    example: '"postgres:17"',
  }),
  port: property({
    phrase: q(COUNT, { least: 1, most: 65535, whole: true }),
    on: [...ANY, 'technology'],
    doc: 'Port that it listens on.',
    fromTechnology: true,
    example: '5432',
  }),
  cost: property({
    phrase: record({
      amount: need(q(MONEY_PER_TIME.concat([USD, EUR]), { least: 0 })),
      perNode: flag('per node'),
      per: after('per', q([COUNT, TIME, DATA], { least: 0 })),
    }),
    on: ANY,
    doc: 'Price: per time, per node and time, or per amount used.',
    fromTechnology: true,
    example: '120 USD/month per node',
  }),

  key: property({ phrase: names('column'), on: ['table'], doc: 'Primary key.', example: 'order_id' }),
  'shard-key': property({
    phrase: names('column'),
    on: ['table'],
    doc: 'Columns that decide on which shard a row lies.',
    example: 'customer_id',
  }),
  index: property({
    phrase: names('column'),
    on: ['table'],
    doc: 'An index on these columns; may be given several times.',
    example: 'created_at',
  }),
  row: property({ phrase: q(DATA, { least: 0 }), on: ['table'], doc: 'Size of one row.', example: '500 B' }),
  rows: property({
    phrase: q(COUNT, { least: 0 }),
    on: ['table'],
    doc: 'Rows in stock. With it writes add nothing: the stock is what is stored.',
    example: '20G',
  }),
  indexes: property({
    phrase: ratio(),
    on: ['table', 'database', 'search'],
    doc: 'Bytes of indexes for each byte of rows; of a store, for those of its tables that do not say. Without it none are counted.',
    example: '40%',
  }),
  compression: property({
    phrase: q(COUNT, { least: 1 }),
    on: ['table', 'database', 'search', 'blobstore', 'stream'],
    doc: 'Bytes as written over bytes as stored; of a store, for those of its tables that do not say. Without it nothing is compressed.',
    example: '3x',
  }),

  requires: property({
    phrase: word('strong', 'read-your-writes', 'eventual'),
    on: ['flow', 'table', 'step'],
    doc: 'Consistency that the use needs.',
    default: 'eventual',
    source: 'sysd',
    example: 'strong',
  }),
  slo: property({
    phrase: list(
      record({
        completion: flag('completion'),
        metric: need(word('availability', 'p50', 'p95', 'p99', 'rto', 'rpo')),
        relation: need(word('>=', '<=')),
        bound: need(q([COUNT, TIME], { least: 0 })),
      }),
    ),
    on: ['flow'],
    doc: 'Service level objective: `availability >= 99.9%`, `p99 <= 200 ms`; `completion` speaks of the work that goes on after the answer. `rto <= 15 min` (recovery time objective): so long may the flow be down after a failure. `rpo <= 1 min` (recovery point objective): what was written in so long may be lost.',
    example: 'availability >= 99.9%, p99 <= 200 ms',
  }),

  timeout: property({ phrase: time, on: ['connection'], doc: 'How long the caller waits.', example: '200 ms' }),
  retries: property({
    phrase: count(0),
    on: ['connection'],
    doc: 'Further attempts after the first. Attempts = 1 + retries.',
    default: '0',
    source: 'sysd',
    example: '2',
  }),
  backoff: property({
    phrase: record({ kind: need(word('exponential', 'linear', 'none')), base: may(time) }),
    on: ['connection'],
    doc: 'Pause between attempts, growing from the time given.',
    default: 'none',
    source: 'sysd',
    example: 'exponential 100 ms',
  }),
  jitter: property({
    phrase: word('full', 'none'),
    on: ['connection'],
    doc: 'Randomises pauses so that callers do not retry in step.',
    default: 'none',
    source: 'sysd',
    example: 'full',
  }),
  budget: property({ phrase: ratio(1), on: ['connection'], doc: 'Retries allowed as a share of requests.', example: '10%' }),
  pool: property({ phrase: count(1), on: ['connection'], doc: 'Connections that one instance of the caller keeps.', example: '20' }),
  bulkhead: property({
    phrase: count(1),
    on: ['connection'],
    doc: 'Calls that one instance of the caller may have under way at once.',
    example: '20',
  }),
  breaker: property({
    phrase: choice(
      record({ failures: need(count(1)), consecutive: needFlag('failures'), recovery: after('recovery', time) }),
      record({ ratio: need(ratio(1)), over: needAfter('over', time), recovery: after('recovery', time) }),
    ),
    on: ['connection'],
    doc: 'Circuit breaker: opens at a share of failures over a window, or after so many failures.',
    example: '50% over 10 s recovery 30 s',
  }),
} satisfies Record<string, PropertySchema>;

export type PropertyName = keyof typeof PROPERTIES;

/** Type of a property's matched value. */
export type PropertyValue<K extends PropertyName> = (typeof PROPERTIES)[K] extends { readonly phrase: infer P } ? ValueOf<P> : never;

export const PROPERTY_NAMES = Object.keys(PROPERTIES) as PropertyName[];

export function isProperty(word: string): word is PropertyName {
  return Object.hasOwn(PROPERTIES, word);
}

/** Schema of a property, whatever its value type. */
export function propertySchema(name: PropertyName): PropertySchema {
  return PROPERTIES[name] as PropertySchema;
}

/** Properties that an owner may have, in the order of the table. */
export function propertiesOf(owner: Owner): PropertyName[] {
  return PROPERTY_NAMES.filter((p) => (propertySchema(p).on as readonly Owner[]).includes(owner));
}
