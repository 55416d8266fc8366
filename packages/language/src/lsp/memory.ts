import { setFlagsFromString } from 'node:v8';

/** Components from which on time for collecting garbage is worth more than memory. */
const LARGE = 5000;

/**
 * Keeps the heap close to what is alive. The part for young objects does not grow: an edit makes few, and V8 does not give such room back.
 * The part for old ones is collected when it has grown by half. Left to itself V8 lets it grow to several times of what is alive while
 * edits come quickly, and a day of editing holds that memory.
 */
export function saveMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}

/** Leaves it to V8 where a design is so large that an edit would fill the young part, or a collection be felt. */
export function makeRoomFor(components: number): void {
  if (components < LARGE) return;
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--heap-growing-percent=0');
}
