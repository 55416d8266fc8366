import { type ComponentSpec, design, type HopSpec, n } from '../design-builder.ts';

/** A load balancer, two APIs, a cache, a primary and two replicas, a queue and its worker, and a monitor: what the language calls the usual stack. */
export const components: Record<string, ComponentSpec> = {
  users: { kind: 'client' },
  lb: { kind: 'loadbalancer', technology: 'haproxy', count: 2, brings: { image: { text: 'haproxy:3.0' } } },
  api: {
    kind: 'service',
    title: 'Orders API',
    count: 60,
    health: { probe: { http: { text: '/health' } }, every: n(2) },
    'cpu-time': n(0.002),
  },
  cache: { kind: 'cache', technology: 'redis', brings: { image: { text: 'redis:8' } }, 'hit-ratio': n(0.5), ttl: n(60) },
  db: {
    kind: 'database',
    technology: 'postgres',
    count: 3,
    brings: { image: { text: 'postgres:17' } },
    tables: { order: { key: [{ name: 'order_id' }], row: n(500) } },
  },
  jobs: { kind: 'queue', technology: 'rabbitmq', brings: { image: { text: 'rabbitmq:4.0' } } },
  mailer: { kind: 'worker', count: 3 },
  watch: { kind: 'monitor', technology: 'prometheus', brings: { image: { text: 'prom/prometheus:v2.53.3' } } },
};

export const flows: Record<string, readonly HopSpec[]> = {
  PlaceOrder: [
    { from: 'users', to: 'lb' },
    { from: 'lb', to: 'api' },
    { from: 'api', to: 'db', operation: 'write', table: 'db.order' },
    { from: 'api', to: 'jobs', operation: 'publish', request: n(200), sync: false },
    { from: 'jobs', to: 'mailer', operation: 'consume', sync: false },
  ],
  ReadOrder: [
    { from: 'users', to: 'lb' },
    { from: 'lb', to: 'api' },
    { from: 'api', to: 'cache', operation: 'read', answer: n(1000) },
    { from: 'api', to: 'db', operation: 'read', table: 'db.order', miss: { cache: 'cache', read: 2 } },
  ],
};

export const stack = () => design(components, flows, { 'api->db': { retries: n(1), timeout: n(2), pool: n(5) } });
