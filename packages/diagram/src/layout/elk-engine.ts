import ELK from 'elkjs/lib/elk.bundled.js';
import type { LayoutEngine } from './layout-diagram.ts';

/** ELK in this thread: for the command line, tests and hosts without workers. It cannot be stopped; editors use a worker. */
export function bundledElk(): LayoutEngine {
  const elk = new ELK();
  return { layout: (graph) => elk.layout(graph) };
}
