// Entry of the worker thread that lays diagrams out, so that a slow layout never holds up an answer of the server.
import { parentPort } from 'node:worker_threads';
import type { ElkGraph } from '@sysd/diagram';
import { bundledElk } from '@sysd/diagram/elk';

const elk = bundledElk();

parentPort?.on('message', ({ id, graph }: { readonly id: number; readonly graph: ElkGraph }) => {
  elk.layout(graph).then(
    (result) => parentPort?.postMessage({ id, result }),
    (error) => parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
