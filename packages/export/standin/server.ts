import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Route, StandinConfig } from '../src/standin/config.ts';
import type { Metrics } from './metrics.ts';
import { createObjects, type Objects } from './objects.ts';

export interface Service {
  readonly config: StandinConfig;
  readonly metrics: Metrics;
  /** Undefined when ready, else why not. */
  readonly notReady: () => string | undefined;
  readonly run: (route: Route) => Promise<void>;
}

/** Largest answer; exports scale sizes down to less. */
const MOST_BYTES = 1 << 20;

/** The HTTP face: the health path, `/metrics`, one path per stop of a flow, and `/objects/` where objects are kept. */
export function createStandinServer(service: Service): Server {
  const routes = new Map(service.config.routes.map((route) => [route.path, route]));
  const objects = service.config.objects ? createObjects() : undefined;
  return createServer((request, response) => {
    answer(request, response, service, routes, objects).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`${error.message}\n`);
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  service: Service,
  routes: ReadonlyMap<string, Route>,
  objects: Objects | undefined,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://standin');
  const path = url.pathname;
  if (objects !== undefined && path.startsWith('/objects/')) return objects(request, response, path, asked(url));
  for await (const _ of request); // the body counts as sent once it is read
  if (path === service.config.health) {
    const why = service.notReady();
    return send(response, why === undefined ? 200 : 503, `${why ?? 'ok'}\n`);
  }
  if (path === '/metrics') return send(response, 200, service.metrics.text(), 'text/plain; version=0.0.4');
  const route = routes.get(path);
  if (route === undefined) return send(response, 404, `no flow comes by here; there are: ${[...routes.keys()].join(' ') || 'none'}\n`);

  const started = performance.now();
  let status = 200;
  let text = JSON.stringify({ flow: route.flow, component: service.config.component, instance: process.env.HOSTNAME ?? '' });
  try {
    await service.run(route);
  } catch (error) {
    status = 502;
    text = JSON.stringify({ flow: route.flow, component: service.config.component, failed: (error as Error).message });
  }
  service.metrics.count('sysd_requests_total', { flow: route.flow, path, code: String(status) });
  service.metrics.observe('sysd_request_seconds', { flow: route.flow }, (performance.now() - started) / 1000);
  send(response, status, `${text}\n`.padEnd(asked(url), ' '), 'application/json');
}

const asked = (url: URL): number => Math.min(MOST_BYTES, Math.max(0, Math.floor(Number(url.searchParams.get('bytes') ?? 0)) || 0));

function send(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
