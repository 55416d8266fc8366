import type { Design, Diagnostic, Severity, Traffic } from '@sysd/core';
import { KIND_NAMES } from '@sysd/core';
import { buildDesign, buildTraffic, type ComponentSpec, type DesignSpec, type HopSpec, SPAN } from './build-design.ts';

export interface Sample {
  readonly design: Design;
  readonly traffic: Traffic;
  readonly findings: readonly Diagnostic[];
}

export const finding = (element: string, severity: Severity, accepted?: string): Diagnostic => ({
  rule: 'sample',
  severity,
  message: 'A finding.',
  span: SPAN,
  element,
  ...(accepted === undefined ? {} : { accepted }),
});

const zones = (count: number): string[] => Array.from({ length: count }, (_, i) => `us.${'abc'[i % 3]}`);

/** The feed: 10 components in three groups and a region, 11 edges, one component at 92 % and one at 136 %. */
export function feed(): Sample {
  const spec: DesignSpec = {
    id: 'Feed',
    places: { us: { zones: ['us.a', 'us.b', 'us.c'] }, 'us.a': { region: 'us' }, 'us.b': { region: 'us' }, 'us.c': { region: 'us' } },
    groups: { entry: { title: 'Edge' }, stores: { title: 'Stores' }, fan: { title: 'Fan-out' } },
    components: new Map<string, ComponentSpec>([
      ['users', { kind: 'client', title: 'Web and mobile', properties: { 'daily-active': 100e6, peak: 3 } }],
      ['names', { kind: 'dns', technology: 'Route 53', group: 'entry', properties: { managed: 'yes' } }],
      ['edge', { kind: 'cdn', technology: 'Amazon CloudFront', group: 'entry', properties: { managed: 'yes', 'hit-ratio': 0.95 } }],
      ['lb', { kind: 'loadbalancer', technology: 'HAProxy', instances: zones(1), properties: { layer: 7 } }],
      ['api', { kind: 'service', title: 'Tweet and timeline API', instances: zones(60), properties: { cores: 64 } }],
      [
        'timelines',
        {
          kind: 'cache',
          technology: 'Redis',
          group: 'stores',
          instances: zones(3),
          properties: { 'hit-ratio': 0.9, shards: { count: { value: 96 } } },
        },
      ],
      [
        'tweets',
        {
          kind: 'database',
          technology: 'PostgreSQL',
          group: 'stores',
          instances: zones(3),
          properties: { replication: 'async', shards: { count: { value: 32 } } },
        },
      ],
      ['media', { kind: 'blobstore', technology: 'S3', group: 'stores', properties: { managed: 'yes' } }],
      ['fanout', { kind: 'stream', technology: 'Kafka', group: 'fan', instances: zones(3), properties: { partitions: 128 } }],
      ['fanout-worker', { kind: 'worker', group: 'fan', instances: zones(34), properties: { cores: 1 } }],
    ]),
    flows: new Map<string, readonly HopSpec[]>([
      [
        'ReadTimeline',
        [
          { from: 'users', to: 'names', operation: 'resolve', lookup: true },
          { from: 'users', to: 'lb', rate: 3.47e6 },
          { from: 'lb', to: 'api', rate: 3.47e6 },
          { from: 'api', to: 'timelines', operation: 'read', rate: 3.47e6 },
          { from: 'api', to: 'tweets', operation: 'read', miss: 'timelines', rate: 347_222 },
        ],
      ],
      [
        'PostTweet',
        [
          { from: 'users', to: 'lb', rate: 34_722 },
          { from: 'lb', to: 'api', rate: 34_722 },
          { from: 'api', to: 'tweets', operation: 'write', rate: 34_722 },
          { from: 'api', to: 'media', operation: 'write', when: 0.1, rate: 3472 },
          { from: 'api', to: 'fanout', operation: 'publish', async: true, rate: 34_722 },
          { from: 'fanout', to: 'fanout-worker', operation: 'consume', async: true, rate: 34_722 },
          { from: 'fanout-worker', to: 'timelines', operation: 'write', times: 200, rate: 6.94e6 },
        ],
      ],
      [
        'ViewPhoto',
        [
          { from: 'users', to: 'edge', operation: 'read', rate: 694_444 },
          { from: 'edge', to: 'media', operation: 'read', miss: 'edge', rate: 34_722 },
        ],
      ],
    ]),
  };
  const loads = new Map([
    ['lb', 0.38],
    ['api', 0.64],
    ['timelines', 0.58],
    ['tweets', 1.36],
    ['fanout', 0.03],
    ['fanout-worker', 0.92],
  ]);
  const findings = [
    finding('lb', 'error'),
    finding('tweets', 'error'),
    finding('tweets.home-timeline', 'warning'),
    finding('fanout-worker', 'warning'),
    finding('names', 'error', 'Route 53 has a 100% SLA'),
  ];
  return { design: buildDesign(spec), traffic: buildTraffic(spec, loads), findings };
}

/** One component of every kind, each calling the next. */
export function everyKind(): Sample {
  const components = new Map(KIND_NAMES.map((kind): [string, ComponentSpec] => [kind, { kind, technology: 'Technology', instances: 2 }]));
  const hops = KIND_NAMES.slice(1).map((to, i): HopSpec => ({ from: KIND_NAMES[i]!, to, rate: 10 ** i }));
  const spec: DesignSpec = { id: 'Kinds', components, flows: new Map([['Chain', hops]]) };
  return { design: buildDesign(spec), traffic: buildTraffic(spec, new Map(KIND_NAMES.map((k, i) => [k, i / 12]))), findings: [] };
}

/** `count` services in groups of six, each calling one to two later ones. */
export function large(count: number, grouped = true): Sample {
  const kinds = ['service', 'service', 'cache', 'database', 'queue', 'worker'] as const;
  const components = new Map<string, ComponentSpec>();
  const groups: Record<string, { title: string }> = {};
  for (let i = 0; i < count; i++) {
    const group = `g${Math.floor(i / 6)}`;
    groups[group] = { title: `Team ${Math.floor(i / 6)}` };
    components.set(`c${i}`, { kind: kinds[i % 6] ?? 'service', instances: 1 + (i % 3), ...(grouped ? { group } : {}) });
  }
  const hops: HopSpec[] = [];
  for (let i = 1; i < count; i++) {
    hops.push({
      from: `c${Math.max(0, i - 1 - ((i * 7) % 5))}`,
      to: `c${i}`,
      operation: i % 6 === 4 ? 'publish' : 'read',
      async: i % 6 === 4,
      rate: 1000 * i,
    });
    if (i % 3 === 0) hops.push({ from: `c${Math.max(0, i - 2 - ((i * 5) % 11))}`, to: `c${i}`, operation: 'write', rate: 90 * i });
  }
  const spec: DesignSpec = { id: 'Large', groups: grouped ? groups : {}, components, flows: new Map([['All', hops]]) };
  return {
    design: buildDesign(spec),
    traffic: buildTraffic(spec, new Map([...components.keys()].map((id, i) => [id, (i % 23) / 20]))),
    findings: [],
  };
}

/** Hostile and extreme texts, a loop, edges both ways, names of object properties. */
export function nasty(): Sample {
  const components = new Map<string, ComponentSpec>([
    ['__proto__', { kind: 'service', title: '</title><script>alert(1)</script>', technology: '"><img src=x onerror=alert(1)>' }],
    [
      'constructor',
      { kind: 'database', title: 'A name so long that no card of any width could ever hope to hold it without an ellipsis', instances: 3 },
    ],
    ['emoji', { kind: 'queue', title: '👩‍👩‍👧‍👦 家族のキュー 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀', technology: '\u202egnp.exe\u0000\ud800&amp;' }],
    ['loop', { kind: 'worker', title: 'calls itself' }],
    ['ascii', { kind: 'external', title: `${'W'.repeat(300)}` }],
  ]);
  const hops: HopSpec[] = [
    { from: '__proto__', to: 'constructor', operation: 'read', rate: 1e15 },
    { from: 'constructor', to: '__proto__', operation: 'call', rate: 0.000001 },
    { from: '__proto__', to: 'emoji', operation: 'publish', async: true, rate: 999_960 },
    { from: '__proto__', to: 'emoji', operation: 'call', rate: 0 },
    { from: 'emoji', to: 'loop', operation: 'consume', async: true },
    { from: 'loop', to: 'loop', operation: 'call', rate: 12 },
    { from: 'loop', to: 'ascii', operation: 'call', when: 0.1, rate: 1 },
    { from: 'loop', to: 'ascii', operation: 'call', when: 0.2, rate: 1 },
    { from: 'loop', to: 'ascii', operation: 'read', rate: 1 },
    { from: 'loop', to: 'ascii', operation: 'write', rate: 1 },
    { from: 'loop', to: 'ascii', operation: 'update', rate: 1 },
  ];
  const spec: DesignSpec = {
    id: '<Nasty & "quoted">',
    groups: { toString: { title: '<b>group</b> with a title that is much longer than the frame that it stands on' } },
    components: new Map([...components].map(([id, c]) => [id, id === 'emoji' ? { ...c, group: 'toString' } : c])),
    flows: new Map([['hasOwnProperty', hops]]),
    connections: [['ascii', '__proto__']],
  };
  return {
    design: buildDesign(spec),
    traffic: buildTraffic(spec, new Map([['__proto__', 13.6]])),
    findings: Array.from({ length: 12 }, () => finding('constructor', 'info')),
  };
}

export function empty(): Sample {
  const spec: DesignSpec = { id: 'Empty', components: new Map() };
  return { design: buildDesign(spec), traffic: buildTraffic(spec, new Map()), findings: [] };
}
