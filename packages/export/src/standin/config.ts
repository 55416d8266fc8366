/**
 * What a stand-in is told to do: the export writes it as JSON beside the compose file, the stand-in program reads it. All times are
 * milliseconds, sizes bytes, and counts are per request. Sizes and counts are already scaled down to a laptop.
 */
export interface StandinConfig {
  /** Marks the file as written by sysd. */
  readonly '//': string;
  /** Id of the component in the design. */
  readonly component: string;
  readonly port: number;
  /** Path that answers 200 while the stand-in is ready. */
  readonly health: string;
  readonly targets: readonly Target[];
  readonly routes: readonly Route[];
  readonly consumers: readonly Consumer[];
  /** Routes that the stand-in calls itself, every so often (schedulers). */
  readonly timers: readonly { readonly path: string; readonly everyMs: number }[];
  /** Also keeps objects: `PUT`, `GET` below `/objects/`. */
  readonly objects: boolean;
}

export type Target =
  | { readonly kind: 'http'; readonly name: string; readonly url: string }
  | {
      readonly kind: 'postgres';
      readonly name: string;
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly passwordFile: string;
      /** Most connections of one instance. */
      readonly pool: number;
    }
  | { readonly kind: 'redis'; readonly name: string; readonly host: string; readonly port: number; readonly passwordFile: string }
  | {
      readonly kind: 'rabbitmq';
      readonly name: string;
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly passwordFile: string;
      /** What may wait in a queue of it; beyond that it refuses what is published. */
      readonly most?: QueueLimit;
    }
  | { readonly kind: 'kafka'; readonly name: string; readonly brokers: readonly string[]; readonly partitions: number };

/** Whole numbers: messages, or the bytes of their bodies. */
export type QueueLimit = { readonly messages: number } | { readonly bytes: number };

/** One stop of a flow: what to do for a request on that path, in order. */
export interface Route {
  readonly path: string;
  readonly flow: string;
  /** CPU time that one request burns. */
  readonly cpuMs: number;
  readonly steps: readonly Step[];
}

export interface Step {
  /** Unique within its route, and its name in the metrics. */
  readonly id: string;
  /** Share of the requests that take it, 0..1. */
  readonly when: number;
  /** Calls for each request that takes it; may be fractional. */
  readonly times: number;
  /** Neighbours with the same number run at the same time. */
  readonly parallel?: number;
  /** Nobody waits for the answer (`~>`). */
  readonly background: boolean;
  /** A failure does not fail the request. */
  readonly optional: boolean;
  /** Runs only when all these earlier reads missed. */
  readonly onMiss: readonly string[];
  readonly timeoutMs?: number;
  readonly retries: number;
  /** Wait before the first retry; for each further one doubled (`exponential`) or that much more (`linear`). */
  readonly backoffMs: number;
  readonly growth: 'linear' | 'exponential';
  /** Alternatives by share (they sum to 1); one that fails is replaced by the next. */
  readonly choices: readonly { readonly share: number; readonly call: Call }[];
  /** Runs when the step has failed (`else`). */
  readonly otherwise?: Step;
}

export type Call =
  | { readonly kind: 'http'; readonly target: string; readonly path: string; readonly sends: number; readonly receives: number }
  | { readonly kind: 'object'; readonly target: string; readonly operation: 'read' | 'write'; readonly bytes: number }
  | {
      readonly kind: 'sql';
      /** Taken in turn, for reads that any copy may answer. */
      readonly targets: readonly string[];
      readonly text: string;
      readonly parameters: readonly Parameter[];
    }
  | {
      readonly kind: 'cache';
      /** Empty: a cache in the stand-in's own memory. */
      readonly target: string;
      readonly operation: 'read' | 'write';
      readonly bytes: number;
      readonly ttlMs?: number;
      /** Share of reads that ask for a key that is kept filled; absent: keys at random, hits as they fall. */
      readonly hitRatio?: number;
    }
  | {
      readonly kind: 'publish';
      readonly target: string;
      /** Name of the queue, or of the topic or exchange. */
      readonly topic: string;
      /** Consumer groups: each gets every message. */
      readonly groups: readonly string[];
      /** What the message says it is: consumers look their route up by it. */
      readonly path: string;
      readonly bytes: number;
    }
  | { readonly kind: 'resolve'; readonly host: string };

/** A value of a statement: a key out of a small set, a number, or so many bytes. */
export type Parameter = { readonly kind: 'key' } | { readonly kind: 'bytes'; readonly bytes: number };

export interface Consumer {
  readonly target: string;
  readonly topic: string;
  readonly group: string;
  /** Messages in work at a time. */
  readonly prefetch: number;
  /** Route to run for each kind of message; others are acknowledged and left. */
  readonly handles: readonly { readonly message: string; readonly path: string }[];
}
