// The stand-in: a service that behaves as the design says it does, without its code. The configuration (see ../src/standin/config.ts)
// says which paths it answers and what each makes it call.

import { startBackground } from './background.ts';
import { createCalls } from './calls.ts';
import { pause } from './clients/client.ts';
import { createMetrics } from './metrics.ts';
import { readConfig } from './read-config.ts';
import { runRoute } from './run-route.ts';
import { createStandinServer } from './server.ts';
import { createRandom, createTurns } from './turns.ts';

/** How long requests in work may take to end once the stand-in is asked to stop; Compose kills after 10 s. */
const GRACE_MS = 8_000;

function main(): void {
  const config = readConfig(process.env.SYSD_CONFIG ?? '/etc/sysd/standin.json');
  const metrics = createMetrics();
  const turns = createTurns();
  const calls = createCalls(config, createRandom(1), turns);
  const world = { perform: calls.perform, turns, metrics, sleep: pause, burn };
  const run = (route: (typeof config.routes)[number]): Promise<void> => runRoute(route, world);
  const background = startBackground(config, metrics, calls.broker, run);
  let stopping = false;
  const notReady = (): string | undefined => (stopping ? 'stopping' : background.waitingFor());
  const server = createStandinServer({ config, metrics, notReady, run });
  server.listen(config.port, () => console.log(`${config.component}: stand-in on port ${config.port}, ${config.routes.length} routes`));

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    background.stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await Promise.race([Promise.all([closed, background.idle()]), pause(GRACE_MS)]);
    await Promise.race([calls.close(), pause(1_000)]);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Keeps the CPU busy, as the design's `cpu-time` would. */
function burn(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

try {
  main();
} catch (error) {
  console.error(`stand-in: ${(error as Error).message}`);
  process.exit(1);
}
