import { readFileSync } from 'node:fs';

/** A message as it travels: what it is (consumers look their route up by it), and filler up to the size that the flow says. */
export interface Message {
  readonly path: string;
  readonly filler: string;
}

export interface Closable {
  readonly close: () => Promise<void>;
}

export interface Cache extends Closable {
  /** Whether the key was there. */
  readonly read: (key: string) => Promise<boolean>;
  readonly write: (key: string, bytes: number, ttlMs: number | undefined) => Promise<void>;
}

export interface Broker extends Closable {
  /** Resolves once the broker has acknowledged. `groups` exist afterwards, so that nothing published before a consumer starts is lost. */
  readonly publish: (topic: string, groups: readonly string[], message: Message) => Promise<void>;
  /** Hands messages to `handle` until closed, reconnecting for as long as it takes; a message whose handling fails is delivered again. */
  readonly consume: (topic: string, group: string, prefetch: number, handle: (message: Message) => Promise<void>) => Consumption;
}

export interface Consumption {
  readonly attached: () => boolean;
}

/** Secrets come by file: Compose mounts them below /run/secrets. */
export function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(`cannot read the secret ${path}: ${(error as Error).message}. The files below secrets/ must be readable by all.`);
  }
}

export function encode(message: Message): Buffer {
  return Buffer.from(JSON.stringify(message));
}

/** The message, or undefined if the bytes are not one of ours. */
export function decode(bytes: Buffer | string | null | undefined): Message | undefined {
  try {
    const value = JSON.parse(String(bytes)) as Message;
    return typeof value.path === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

let lastComplaint = '';

/** Says on the log what goes wrong in the background, once for each change: a broker that is down is not news every half second. */
export function complain(what: string): void {
  if (what !== lastComplaint) console.error(`stand-in: ${what}; trying again`);
  lastComplaint = what;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps one connection: opens it when asked, forgets it when `lost` is called, and opens anew the next time. */
export function keepOne<T>(open: (lost: () => void) => Promise<T>): { get: () => Promise<T>; current: () => Promise<T> | undefined } {
  let current: Promise<T> | undefined;
  return {
    current: () => current,
    get: () => {
      if (current === undefined) {
        const opening: Promise<T> = open(() => {
          if (current === opening) current = undefined;
        });
        current = opening;
        opening.catch(() => {
          if (current === opening) current = undefined;
        });
      }
      return current;
    },
  };
}
