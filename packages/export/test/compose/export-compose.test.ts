// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are Compose's variables
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DATA, type Design, quantity } from '@sysd/core';
import { DCLinter } from 'dclint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportCompose, isSysdFile } from '../../src/index.ts';
import type { StandinConfig } from '../../src/standin/config.ts';
import { parseConfig } from '../../standin/read-config.ts';
import { type ComponentSpec, design, type HopSpec, n } from '../design-builder.ts';
import { components, flows, stack } from './stack.ts';

interface Service {
  image: string;
  ports?: string[];
  networks: string[];
  secrets?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test: string[] };
  deploy: { replicas?: number; resources: { limits: { cpus: string; memory: string } } };
}

function run(of: Design) {
  const { value, diagnostics } = exportCompose(of, { standin: '// Made by sysd\n' });
  const files = new Map(value.map((file) => [file.path, file]));
  const text = (path: string): string => {
    const file = files.get(path);
    if (file === undefined) throw new Error(`no ${path} among ${[...files.keys()].join(', ')}`);
    return file.content;
  };
  const compose = parse(text('docker-compose.yml')) as {
    services: Record<string, Service>;
    networks: Record<string, { internal?: boolean }>;
  };
  const standin = (host: string): StandinConfig => parseConfig(text(`config/${host}/standin.json`), host);
  return {
    files,
    text,
    compose,
    services: compose.services,
    standin,
    messages: diagnostics.map(({ rule, message }) => `${rule}: ${message}`),
  };
}

const simple = (more: Record<string, ComponentSpec>, hops: Record<string, HopSpec[]>) =>
  design({ users: { kind: 'client' }, api: { kind: 'service' }, ...more }, hops);

describe('exportCompose: the usual stack', () => {
  const { services, compose, text, files, standin, messages } = run(stack());

  it('runs every component on its image', () => {
    expect(Object.fromEntries(Object.entries(services).map(([name, service]) => [name, service.image]))).toEqual({
      lb: 'haproxy:3.0',
      api: 'node:24-slim',
      cache: 'redis:8',
      db: 'postgres:17',
      'db-replicas': 'postgres:17',
      jobs: 'rabbitmq:4.0',
      mailer: 'node:24-slim',
      watch: 'prom/prometheus:v2.53.3',
    });
    expect(messages).toEqual([]);
  });

  it('scales down and says so beside the service', () => {
    expect(services.api?.deploy.replicas).toBe(2);
    expect(services['db-replicas']?.deploy.replicas).toBe(2);
    expect(text('docker-compose.yml')).toContain('  # service api "Orders API"\n  # design: 60 replicas; here: 2\n');
  });

  it('gives every service a health check, limits and a restart policy', () => {
    for (const service of Object.values(services)) {
      expect(service.healthcheck.test.length).toBeGreaterThan(1);
      expect(service.deploy.resources.limits).toEqual({
        cpus: expect.stringMatching(/^[01]\.\d\d$/),
        memory: expect.stringMatching(/^\d+M$/),
      });
      expect(service).toMatchObject({ restart: 'unless-stopped' });
    }
  });

  it('starts what is called before what calls', () => {
    const needs = Object.fromEntries(Object.entries(services).map(([name, { depends_on = {} }]) => [name, Object.keys(depends_on)]));
    expect(needs).toEqual({
      lb: ['api'],
      api: ['cache', 'db', 'db-replicas', 'jobs'],
      cache: [],
      db: [],
      'db-replicas': ['db'],
      jobs: [],
      mailer: ['jobs'],
      watch: [],
    });
    expect(services.api?.depends_on?.db).toEqual({ condition: 'service_healthy' });
  });

  it('keeps stores in an internal network and opens ports to this machine only', () => {
    expect(compose.networks).toEqual({ edge: {}, app: {}, data: { internal: true } });
    expect([services.lb?.networks, services.api?.networks, services.db?.networks]).toEqual([['edge', 'app'], ['app', 'data'], ['data']]);
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:${SYSD_PORT_LB:-8080}:8080', '127.0.0.1:${SYSD_PORT_WATCH:-9090}:9090']);
  });

  it('hands secrets over by file, and asks for the files instead of making them', () => {
    const asked = [...files.values()].filter((file) => file.secret);
    expect(asked.map(({ path, content }) => [path, content])).toEqual(
      ['cache-password', 'db-password', 'db-replication', 'jobs-password'].sort().map((name) => [`secrets/${name}.txt`, '']),
    );
    expect(services.api?.secrets).toEqual(['cache-password', 'db-password', 'jobs-password']);
    for (const { environment = {} } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment))
        if (/PASS/.test(name)) expect([name, value]).toEqual([expect.stringMatching(/_FILE$/), expect.stringMatching(/^\/run\/secrets\//)]);
    }
    expect(text('.gitignore')).toContain('secrets/');
  });

  it('balances over the healthy instances of the API', () => {
    const config = text('config/lb/haproxy.cfg');
    expect(config).toContain('option httpchk GET /health\n');
    expect(config).toMatch(/server-template api- 5 api:3000 check inter 2000ms .* resolvers compose/);
  });

  it('lets the stand-in make the calls of the flows', () => {
    const { routes, targets } = standin('api');
    expect(targets.map((target) => target.name)).toEqual(['db', 'db-replicas', 'jobs', 'cache']);
    expect(routes.map(({ path, steps }) => [path, steps.map((step) => [step.id, step.onMiss])])).toEqual([
      [
        '/flow/PlaceOrder',
        [
          ['3: write db', []],
          ['4: publish jobs', []],
        ],
      ],
      [
        '/flow/ReadOrder',
        [
          ['3: read cache', []],
          ['4: read db', ['3: read cache']],
        ],
      ],
    ]);
    expect(routes[0]?.steps[0]).toMatchObject({ timeoutMs: 2000, retries: 1 });
    expect(routes[0]?.steps[0]?.choices[0]?.call).toMatchObject({ kind: 'sql', targets: ['db'] });
    expect(routes[1]?.steps[1]?.choices[0]?.call).toMatchObject({ kind: 'sql', targets: ['db', 'db-replicas'] });
  });

  it('takes messages from the queue to the route of the worker', () => {
    const published = standin('api').routes[0]?.steps[1]?.choices[0]?.call;
    const { consumers, routes } = standin('mailer');
    expect(published).toMatchObject({ kind: 'publish', topic: 'jobs', groups: ['consumers'], path: '/flow/PlaceOrder/jobs' });
    expect(consumers[0]).toMatchObject({
      topic: 'jobs',
      group: 'consumers',
      handles: [{ message: '/flow/PlaceOrder/jobs', path: routes[0]?.path }],
    });
  });

  it('marks its files, and none that a user wrote', () => {
    for (const file of files.values()) if (!file.secret) expect([file.path, isSysdFile(file.content)]).toEqual([file.path, true]);
    expect(isSysdFile('services: {}\n')).toBe(false);
  });

  it('is the same every time', () => expect(exportCompose(stack(), { standin: '' })).toEqual(exportCompose(stack(), { standin: '' })));

  it('passes dclint', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sysd-export-'));
    try {
      for (const file of files.values()) {
        mkdirSync(dirname(join(folder, file.path)), { recursive: true });
        writeFileSync(join(folder, file.path), file.content);
      }
      // services stand in the order of the design
      const linter = new DCLinter({
        rules: { 'services-alphabetical-order': 0 },
        quiet: false,
        debug: false,
        exclude: [],
        stylistic: true,
      } as never);
      const results = linter.lintFiles([join(folder, 'docker-compose.yml')], false);
      expect(results.map((result) => result.messages)).toEqual([[]]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('exportCompose: other designs', () => {
  it('emulates what has no image it can run, and says with what', () => {
    const { services, messages } = run(
      simple(
        {
          names: { kind: 'dns', technology: 'route53' },
          events: { kind: 'database', technology: 'cassandra', brings: { image: { text: 'cassandra:5.0' } } },
          media: { kind: 'blobstore', technology: 's3' },
          edge: { kind: 'cdn', technology: 'cloudfront' },
        },
        {
          F: [
            { from: 'users', to: 'names', operation: 'resolve', lookup: true },
            { from: 'users', to: 'edge', operation: 'read' },
            { from: 'edge', to: 'media', operation: 'read', miss: { cache: 'edge' } },
          ],
          G: [
            { from: 'users', to: 'api' },
            { from: 'api', to: 'events', operation: 'write' },
          ],
        },
      ),
    );
    expect(Object.entries(services).map(([name, { image }]) => `${name} ${image}`)).toEqual([
      'api node:24-slim',
      'events postgres:17',
      'media node:24-slim',
      'edge nginx:1.26',
    ]);
    expect(messages).toEqual([
      "export-simplified: names is not a container: names are resolved by Compose's own name service.",
      'export-no-image: cassandra has an image, cassandra:5.0, which the export does not configure yet: postgres:17 emulates it, one primary and its replicas whatever the quorums.',
      'export-no-image: s3 has no image that runs on a laptop: a stand-in emulates it, which keeps the latest objects in memory.',
      'export-no-image: cloudfront has no image that runs on a laptop: nginx:1.26 emulates it.',
    ]);
  });

  it('lets a CDN keep what it passes on only on a miss, by the path that the store answers', () => {
    const { text, standin } = run(
      simple(
        { edge: { kind: 'cdn', ttl: n(300) }, media: { kind: 'blobstore' } },
        {
          F: [
            { from: 'users', to: 'edge', operation: 'read' },
            { from: 'edge', to: 'media', operation: 'read', miss: { cache: 'edge' } },
          ],
          G: [
            { from: 'users', to: 'edge' },
            { from: 'edge', to: 'api' },
          ],
        },
      ),
    );
    const [kept = '', passed = ''] = text('config/edge/default.conf').split('location = ').slice(1);
    expect(kept).toMatch(/^\/flow\/F \{\n {4}set \$place0 http:\/\/media:3000;\n {4}proxy_cache kept;\n {4}proxy_cache_valid 200 300s;/);
    expect(passed).toMatch(/^\/flow\/G \{\n {4}set \$place1 http:\/\/api:3000;\n {4}proxy_pass/);
    expect(standin('media').routes.map((route) => route.path)).toEqual(['/flow/F']);
    expect(standin('media').objects).toBe(true);
  });

  it('makes a gateway that does more than pass on a stand-in', () => {
    const { services, messages } = run(
      simple(
        { entry: { kind: 'gateway', technology: 'nginx', brings: { image: { text: 'nginx:1.26' } } }, login: { kind: 'service' } },
        {
          F: [
            { from: 'users', to: 'entry' },
            { from: 'entry', to: 'login' },
            { from: 'entry', to: 'api' },
          ],
        },
      ),
    );
    expect(services.entry?.image).toBe('node:24-slim');
    expect(messages).toEqual([
      'export-simplified: in F, entry does more than pass each request on: a stand-in makes its calls instead of nginx:1.26.',
    ]);
  });

  it('lets RabbitMQ refuse beyond max-length, to publishers and consumers alike, and says where nothing does', () => {
    const queue = (q: ComponentSpec) =>
      run(
        simple(
          { q, worker: { kind: 'worker' } },
          {
            F: [
              { from: 'users', to: 'api' },
              { from: 'api', to: 'q', operation: 'publish', sync: false },
              { from: 'q', to: 'worker', operation: 'consume', sync: false },
            ],
          },
        ),
      );
    const rabbit = { kind: 'queue', technology: 'rabbitmq', brings: { image: { text: 'rabbitmq:4.0' } } } as const;
    const { standin, messages, text } = queue({ ...rabbit, 'max-length': n(1000.5) });
    for (const host of ['api', 'worker']) expect(standin(host).targets).toMatchObject([{ kind: 'rabbitmq', most: { messages: 1000 } }]);
    expect(messages).toEqual([]);
    expect(text('docker-compose.yml')).toContain('  # no more than 1 k wait, the rest is refused; to change it, remove its volume\n');
    const bytes = queue({ ...rabbit, 'max-length': quantity(2e9, DATA) });
    expect(bytes.standin('api').targets).toMatchObject([{ most: { bytes: 2e9 } }]);
    expect(queue({ ...rabbit, 'max-length': n(1e300) }).standin('api').targets).toMatchObject([
      { most: { messages: Number.MAX_SAFE_INTEGER } },
    ]);
    expect(queue(rabbit).standin('api').targets[0]).not.toHaveProperty('most');

    const redis = queue({ kind: 'queue', technology: 'redis', brings: { image: { text: 'redis:8' } }, 'max-length': n(1000) });
    expect(redis.standin('api').targets[0]).not.toHaveProperty('most');
    expect(redis.text('docker-compose.yml')).toContain('  # design: max-length 1 k; here: none\n');
    expect(redis.messages).toEqual(['export-simplified: q refuses nothing here: its max-length is left out. RabbitMQ would keep it.']);
  });

  it('breaks circles of calls in depends_on', () => {
    const { services } = run(
      simple(
        { pay: { kind: 'service' }, psp: { kind: 'external' } },
        {
          F: [
            { from: 'users', to: 'pay' },
            { from: 'pay', to: 'psp' },
            { from: 'psp', to: 'pay', sync: false },
            { from: 'pay', to: 'api' },
          ],
        },
      ),
    );
    const seen = new Set<string>();
    const visit = (name: string, above: readonly string[]): void => {
      expect(above).not.toContain(name);
      seen.add(name);
      for (const next of Object.keys(services[name]?.depends_on ?? {})) visit(next, [...above, name]);
    };
    for (const name of Object.keys(services)) visit(name, []);
    expect(Object.keys(services.pay?.depends_on ?? {})).toEqual(['api', 'psp']);
  });

  it('gives the callback a path of its own', () => {
    const { standin } = run(
      simple(
        { pay: { kind: 'service' }, psp: { kind: 'external' } },
        {
          F: [
            { from: 'users', to: 'pay' },
            { from: 'pay', to: 'psp' },
            { from: 'psp', to: 'pay', sync: false },
            { from: 'pay', to: 'api' },
          ],
        },
      ),
    );
    expect(standin('pay').routes.map(({ path, steps }) => [path, steps.map((step) => step.id)])).toEqual([
      ['/flow/F', ['2: call psp']],
      ['/flow/F/pay', ['4: call api']],
    ]);
    expect(standin('psp').routes[0]?.steps[0]).toMatchObject({
      background: true,
      choices: [{ call: { target: 'pay', path: '/flow/F/pay' } }],
    });
  });

  it('hands a stream to every group, and a queue to one of its workers', () => {
    const consumersOf = (kind: 'queue' | 'stream') => {
      const { standin } = run(
        simple(
          {
            bus: { kind, technology: 'rabbitmq', brings: { image: { text: 'rabbitmq:4.0' } } },
            a: { kind: 'worker' },
            b: { kind: 'worker', group: { name: 'Team B' } },
          },
          {
            F: [
              { from: 'users', to: 'api' },
              { from: 'api', to: 'bus', operation: 'publish' },
              { from: 'bus', to: 'a', operation: 'consume', sync: false },
              { from: 'bus', to: 'b', operation: 'consume', sync: false },
            ],
          },
        ),
      );
      const call = standin('api').routes[0]?.steps[0]?.choices[0]?.call;
      return [call?.kind === 'publish' && call.groups, standin('a').consumers[0]?.group, standin('b').consumers[0]?.group];
    };
    expect(consumersOf('stream')).toEqual([['a', 'team-b'], 'a', 'team-b']);
    expect(consumersOf('queue')).toEqual([['consumers'], 'consumers', 'consumers']);
  });

  it('runs the image that the author names for a service', () => {
    const { services, messages } = run(
      design(
        {
          users: { kind: 'client' },
          web: {
            kind: 'service',
            image: { text: 'example.org/team/web:1.2' },
            port: n(8000),
            health: { probe: { http: { text: '/up' } } },
          },
        },
        { F: [{ from: 'users', to: 'web' }] },
      ),
    );
    expect(services.web).toMatchObject({ image: 'example.org/team/web:1.2', ports: ['127.0.0.1:${SYSD_PORT_WEB:-8080}:8000'] });
    expect(services.web?.healthcheck.test.join(' ')).toContain('http://127.0.0.1:8000/up');
    expect(messages).toEqual([]);
  });

  it('says what is wrong with a tag that is not pinned', () => {
    const { messages } = run(
      simple(
        { db: { kind: 'database', image: { text: 'postgres' } } },
        {
          F: [
            { from: 'users', to: 'api' },
            { from: 'api', to: 'db', operation: 'read' },
          ],
        },
      ),
    );
    expect(messages[0]).toMatch(/^export-no-image: "postgres" is not an image with a pinned tag/);
  });

  it('has nothing to say about a design without anything to run', () => {
    const { value, diagnostics } = exportCompose(design({ users: { kind: 'client' } }, {}), { standin: '' });
    expect(value).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      'Shop has nothing to run: declare a service, a store or anything else but clients and names.',
    ]);
  });
});

describe('exportCompose: hostile names and texts', () => {
  const evil = 'x"\'`$(id) ${HOME} #\n- "evil: true"\r\u2028\u0085privileged: true\u0000\\';
  const hostile = new Map<string, ComponentSpec>(
    Object.entries({
      ...components,
      api: {
        ...components.api!,
        title: evil,
        health: { probe: { http: { text: '/health\n  server evil 10.0.0.1:80' } } },
      },
      constructor: { kind: 'service' } as ComponentSpec,
      'db-replicas': { kind: 'service' } as ComponentSpec,
      A_b: { kind: 'service' } as ComponentSpec,
      'a-b': { kind: 'service' } as ComponentSpec,
      db: {
        ...components.db!,
        tables: { 'or"; DROP TABLE x; --': { key: [{ name: 'k"; --' }] }, order: { key: [{ name: 'order_id' }] }, sysd_rows: {} },
      },
      shell: { kind: 'service', image: { text: 'a/b:1' }, health: { probe: { command: { text: 'echo $HOME "\' \n' } } } } as ComponentSpec,
      wild: { kind: 'service', image: { text: 'x:1\nprivileged: true' } } as ComponentSpec,
    }),
  );
  hostile.set('__proto__', { kind: 'service', title: evil });
  const of = design(hostile, {
    ...flows,
    Table: [
      { from: 'users', to: 'api' },
      { from: 'api', to: 'db', operation: 'write', table: 'db.or"; DROP TABLE x; --' },
    ],
  });
  const { text, services, standin, messages } = run(of);

  it('keeps the structure of the file whatever the texts are', () => {
    expect(Object.keys(services).sort()).toEqual(
      'a-b a-b-2 api cache constructor db db-replicas db-replicas-2 jobs lb mailer proto shell watch wild'.split(' '),
    );
    for (const service of Object.values(services)) expect(service).not.toHaveProperty('privileged');
    expect(
      text('docker-compose.yml')
        .split('\n')
        .filter((line) => line.includes('evil')),
    ).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^ {2}# service (api|__proto__) ".*"$/)));
  });

  it('does not let a health path write into the load balancer', () => {
    expect(text('config/lb/haproxy.cfg')).not.toContain('evil');
    expect(text('config/lb/haproxy.cfg')).toContain('option httpchk GET /healthz\n');
    expect(messages).toContain(
      'export-simplified: The health path of api is not a plain path: /healthz is used. Write one such as "/healthz".',
    );
  });

  it('quotes identifiers of SQL', () => {
    expect(text('config/db/10-tables.sql')).toContain(
      'CREATE TABLE "or""; DROP TABLE x; --" (\n  sysd_id bigserial PRIMARY KEY,\n  "k""; --" text,',
    );
    // the stand-ins' own table gives way to one of the design
    expect(text('config/db/10-tables.sql').match(/CREATE TABLE "?sysd_rows_?"? /g)).toEqual([
      'CREATE TABLE "sysd_rows" ',
      'CREATE TABLE sysd_rows_ ',
    ]);
    const call = standin('api').routes.at(-1)?.steps[0]?.choices[0]?.call;
    expect(call).toMatchObject({ text: 'INSERT INTO "or""; DROP TABLE x; --" ("k""; --", sysd_payload) VALUES ($1, $2)' });
  });

  it('keeps dollars from Compose and odd images from the engine', () => {
    expect(services.shell?.healthcheck.test).toEqual(['CMD-SHELL', 'echo $$HOME "\' \n']);
    expect(services.wild?.image).toBe('node:24-slim');
  });
});
