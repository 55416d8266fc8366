/** Everything a design can be made of, with the sentence that hover and the reference show. The order is the one of the reference. */
export const KINDS = {
  client: 'People or programs outside the design from which traffic starts: browsers, mobile apps, devices.',
  dns: 'Name service or virtual IP: looked up before a call, not passed through.',
  cdn: 'Content delivery network: serves cached content close to users, passes misses on.',
  loadbalancer: 'Spreads requests over the instances behind it, at layer 4 or 7.',
  gateway: 'API gateway: one entry that routes, authenticates, limits and may cache.',
  service: 'A program that answers requests: an API server, a web server, a monolith, a microservice.',
  worker: 'A program that consumes messages or jobs rather than answering requests.',
  function: 'Code run on demand by a platform (function as a service).',
  cache: 'Volatile copy of data that is faster to read than its source.',
  database: 'Durable store with tables: relational, document, key-value, wide-column or graph.',
  search: 'Search index.',
  queue: 'Message queue: each message is handled by one consumer.',
  stream: 'Log of messages with partitions that several consumer groups read.',
  blobstore: 'Object storage for large binary objects.',
  external: 'Third party: a service that others run.',
  mesh: 'Service mesh: sidecar proxies and their control plane.',
  registry: 'Discovery or configuration store: looked up before a call, not passed through.',
  scheduler: 'Starts flows at set times.',
  monitor: 'Watches the design: metrics, logs, alerts.',
} as const;

export type Kind = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

export function isKind(word: string): word is Kind {
  return Object.hasOwn(KINDS, word);
}

/** A kind, or another word for an element, with its article: `a service`, `an external`. */
export const aKind = (kind: string): string => `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`;

/** Kinds that hold data: operations on them are `read`, `write` and `update`. */
export const STORES: readonly Kind[] = ['database', 'cache', 'search', 'blobstore'];
/** Kinds that keep messages: operations are `publish` and `consume`. */
export const BROKERS: readonly Kind[] = ['queue', 'stream'];
/** Kinds looked up before a call, not passed through. */
export const LOOKED_UP: readonly Kind[] = ['dns', 'registry'];
/** Kinds that run the author's code. */
export const COMPUTE: readonly Kind[] = ['service', 'worker', 'function'];

/** Operations of steps. `resolve` is a look-up in a dns or registry; authors do not write it. */
export const OPERATIONS = {
  call: 'Ask for something and wait for the answer; the default between services.',
  read: 'Read from a store; the size is the answer.',
  write: 'Add rows or objects to a store; the size is the request.',
  update: 'Change what is there; adds nothing to storage.',
  publish: 'Hand a message to a queue or stream.',
  consume: 'Take messages from a queue or stream; the default of a step from one to a worker.',
  resolve: 'Look a name up (implied by a dns or registry inside a chain).',
} as const;

export type Operation = keyof typeof OPERATIONS;

/** Whether an operation changes what a store keeps: adds to it, or changes what is there. */
export const isWrite = (operation: string): boolean => operation === 'write' || operation === 'update';
