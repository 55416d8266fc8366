import { Worker } from 'node:worker_threads';
import type { ElkGraph, LayoutEngine } from '@sysd/diagram';

/** The layout engine in a worker thread, which is ended when it passes a deadline and started again when it is needed. */
export interface WorkerEngine {
  /** An engine whose layouts are all to be done within that time; what is not rejects. */
  within(milliseconds: number): LayoutEngine;
  dispose(): void;
}

type Answer = { readonly id: number; readonly result: ElkGraph } | { readonly id: number; readonly error: string };

interface Waiting {
  readonly resolve: (graph: ElkGraph) => void;
  readonly reject: (error: Error) => void;
}

/** Beside the server: a TypeScript file in development, bundled as JavaScript in a release. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? '../layout-worker.ts' : './layout-worker.js', import.meta.url);

export function workerEngine(url: URL = workerUrl): WorkerEngine {
  let worker: Worker | undefined;
  let count = 0;
  const waiting = new Map<number, Waiting>();

  const stop = (reason: string): void => {
    const ended = worker;
    worker = undefined;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(new Error(reason));
    ended?.terminate().catch(() => undefined);
  };

  const start = (): Worker => {
    // What a library prints in the worker must not get into the messages on the server's standard output.
    const made = new Worker(url, { stdout: true });
    const failed = (reason: string): void => {
      if (worker === made) stop(reason);
    };
    made.on('message', (answer: Answer) => {
      const { resolve, reject } = waiting.get(answer.id) ?? {};
      waiting.delete(answer.id);
      if ('result' in answer) resolve?.(answer.result);
      else reject?.(new Error(answer.error));
    });
    made.on('error', (error) => failed(error instanceof Error ? error.message : String(error)));
    made.on('exit', () => failed('the layout engine ended'));
    // A layout never keeps the process alive.
    made.unref();
    return made;
  };

  return {
    within(milliseconds) {
      const end = performance.now() + milliseconds;
      return {
        layout: (graph) =>
          new Promise<ElkGraph>((resolve, reject) => {
            worker ??= start();
            const id = count++;
            const timer = setTimeout(
              () => stop(`it took longer than ${Math.round(milliseconds / 1000)} s`),
              Math.max(0, end - performance.now()),
            );
            const done = (act: () => void): void => {
              clearTimeout(timer);
              act();
            };
            waiting.set(id, { resolve: (result) => done(() => resolve(result)), reject: (error) => done(() => reject(error)) });
            worker.postMessage({ id, graph });
          }),
      };
    },
    dispose: () => stop('the server ends'),
  };
}
