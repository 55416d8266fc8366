import { effective, valueIn } from '@sysd/core';
import { HAPROXY_STATUS } from './haproxy.ts';
import { NGINX_STATUS } from './nginx.ts';
import type { Part } from './project.ts';
import { type ComposeService, check, limits, SAFE } from './service.ts';
import { passwordOf, secretPath } from './targets.ts';

/** What a service says about itself; networks, ports and dependencies are added where the whole project is known. */
export type Draft = Omit<ComposeService, 'networks' | 'ports' | 'depends_on'>;

const CONFIG = '/etc/sysd';
export const configPath = (part: Part, file: string): string => `config/${part.host}/${file}`;
const mount = (part: Part, file: string, at: string): string => `./${configPath(part, file)}:${at}:ro`;
const hardened = { ...SAFE, read_only: true, cap_drop: ['ALL'] } as const;
export const replicationOf = (part: Part): string => `${part.host}-replication`;

/** The services of a part: one, or two for a store with replicas. */
export function servicesOf(part: Part): [name: string, draft: Draft][] {
  const replicas = part.replicaHost;
  switch (part.role) {
    case 'standin':
      return [[part.host, standin(part)]];
    case 'image':
      return [[part.host, ownImage(part)]];
    case 'haproxy':
      return [[part.host, haproxy(part)]];
    case 'nginx':
      return [[part.host, nginx(part)]];
    case 'postgres':
      return replicas === undefined
        ? [[part.host, postgres(part)]]
        : [
            [part.host, postgres(part)],
            [replicas, postgresReplica(part)],
          ];
    case 'redis':
    case 'redis-broker':
      return replicas === undefined
        ? [[part.host, redis(part, false)]]
        : [
            [part.host, redis(part, false)],
            [replicas, redis(part, true)],
          ];
    case 'rabbitmq':
      return [[part.host, rabbitmq(part)]];
    case 'kafka':
      return [[part.host, kafka(part)]];
    case 'prometheus':
      return [[part.host, prometheus(part)]];
    case 'none':
      return [];
  }
}

/** Asks an HTTP server with nothing but bash, which images without curl have. */
const bashGet = (port: number, path: string): string[] => [
  'CMD',
  'bash',
  '-c',
  `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ "$status" = 200 ]`,
];

function standin(part: Part): Draft {
  const get = `fetch('http://127.0.0.1:${part.port}${part.health}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
  return {
    image: part.image,
    user: 'node',
    command: ['node', '/opt/sysd/standin.cjs'],
    environment: { SYSD_CONFIG: `${CONFIG}/standin.json`, NODE_ENV: 'production' },
    volumes: ['./standin/standin.cjs:/opt/sysd/standin.cjs:ro', mount(part, 'standin.json', `${CONFIG}/standin.json`)],
    healthcheck: check(['CMD', 'node', '-e', get]),
    ...hardened,
    deploy: limits(part.here, '0.50', '256M'),
  };
}

function ownImage(part: Part): Draft {
  return { image: part.image, healthcheck: ownCheck(part), ...SAFE, deploy: limits(part.here, '0.50', '512M') };
}

/** The check that the design declares; the image is the author's, so both common tools are tried. */
function ownCheck(part: Part): ComposeService['healthcheck'] {
  const probe = valueIn(part.component.properties, 'health')?.probe;
  if (probe !== undefined && 'command' in probe) return check(['CMD-SHELL', probe.command.text], 60);
  if (probe !== undefined && 'http' in probe) {
    const url = `'http://127.0.0.1:${part.port}${part.health}'`;
    return check(['CMD-SHELL', `wget -q -O /dev/null ${url} || curl -fsS -o /dev/null ${url}`], 60);
  }
  return check(['CMD-SHELL', `nc -z 127.0.0.1 ${part.port} || bash -c '</dev/tcp/127.0.0.1/${part.port}'`], 60);
}

function haproxy(part: Part): Draft {
  return {
    image: part.image,
    volumes: [mount(part, 'haproxy.cfg', '/usr/local/etc/haproxy/haproxy.cfg')],
    healthcheck: check(bashGet(HAPROXY_STATUS, '/healthz')),
    ...hardened,
    deploy: limits(1, '0.50', '128M'),
  };
}

function nginx(part: Part): Draft {
  return {
    image: part.image,
    volumes: [mount(part, 'default.conf', '/etc/nginx/conf.d/default.conf')],
    healthcheck: check(['CMD', 'curl', '-fsS', '-o', '/dev/null', `http://127.0.0.1:${NGINX_STATUS}/healthz`]),
    ...SAFE,
    deploy: limits(1, '0.50', '128M'),
  };
}

function postgres(part: Part): Draft {
  const standbys = part.here - 1;
  const replication = valueIn(part.component.properties, 'replication');
  // sync: any one standby has it before a write is answered; quorum: as many as make a majority with the primary
  const wanted = replication === 'sync' ? 1 : replication === 'quorum' ? Math.ceil(standbys / 2) : 0;
  const replicated = part.replicaHost !== undefined;
  return {
    image: part.image,
    command: ['postgres', '-c', 'wal_level=replica', '-c', 'max_wal_senders=10', '-c', 'hot_standby=on'],
    environment: {
      POSTGRES_USER: 'app',
      POSTGRES_DB: 'app',
      POSTGRES_PASSWORD_FILE: secretPath(passwordOf(part)),
      ...(replicated ? { REPLICATION_PASSWORD_FILE: secretPath(replicationOf(part)) } : {}),
      ...(replicated && wanted > 0 ? { SYNCHRONOUS_STANDBYS: `ANY ${wanted} (*)` } : {}),
    },
    volumes: [
      `${part.host}-data:/var/lib/postgresql/data`,
      mount(part, '10-tables.sql', '/docker-entrypoint-initdb.d/10-tables.sql'),
      ...(replicated ? [mount(part, '20-replication.sh', '/docker-entrypoint-initdb.d/20-replication.sh')] : []),
    ],
    secrets: replicated ? [passwordOf(part), replicationOf(part)] : [passwordOf(part)],
    healthcheck: check(['CMD', 'pg_isready', '--host=127.0.0.1', '--username=app', '--dbname=app'], 60),
    ...SAFE,
    deploy: limits(1, '1.00', '512M'),
  };
}

function postgresReplica(part: Part): Draft {
  return {
    image: part.image,
    user: 'postgres',
    entrypoint: ['bash', `${CONFIG}/replica.sh`],
    environment: { PRIMARY: part.host, REPLICATION_PASSWORD_FILE: secretPath(replicationOf(part)) },
    volumes: [mount(part, 'replica.sh', `${CONFIG}/replica.sh`)],
    secrets: [replicationOf(part)],
    healthcheck: check(['CMD', 'pg_isready', '--host=127.0.0.1', '--username=app', '--dbname=app'], 60),
    ...SAFE,
    deploy: limits(part.here - 1, '0.50', '384M'),
  };
}

const EVICTION: Readonly<Record<string, string>> = {
  lru: 'allkeys-lru',
  'allkeys-lru': 'allkeys-lru',
  lfu: 'allkeys-lfu',
  ttl: 'volatile-ttl',
  none: 'noeviction',
};

function redis(part: Part, replica: boolean): Draft {
  const cache = part.role === 'redis' && part.component.kind === 'cache';
  const eviction = effective(part.component.properties, 'eviction')?.value ?? 'lru';
  const keep = cache
    ? ['--save', '', '--maxmemory', '64mb', '--maxmemory-policy', EVICTION[eviction] ?? 'allkeys-lru']
    : ['--appendonly', 'yes', '--dir', '/data'];
  return {
    image: part.image,
    user: 'redis',
    entrypoint: ['sh', `${CONFIG}/redis.sh`],
    command: keep,
    environment: { PASSWORD_FILE: secretPath(passwordOf(part)), ...(replica ? { REDIS_PRIMARY: part.host } : {}) },
    volumes: [mount(part, 'redis.sh', `${CONFIG}/redis.sh`), ...(cache || replica ? [] : [`${part.host}-data:/data`])],
    secrets: [passwordOf(part)],
    healthcheck: check(['CMD-SHELL', 'REDISCLI_AUTH="$(cat "$PASSWORD_FILE")" redis-cli ping | grep -q PONG']),
    ...SAFE,
    deploy: limits(replica ? part.here - 1 : 1, '0.25', '128M'),
  };
}

function rabbitmq(part: Part): Draft {
  return {
    image: part.image,
    // the data folder belongs to the host's name
    hostname: part.host,
    entrypoint: ['sh', `${CONFIG}/rabbitmq.sh`],
    environment: { RABBITMQ_DEFAULT_USER: 'app', PASSWORD_FILE: secretPath(passwordOf(part)) },
    volumes: [mount(part, 'rabbitmq.sh', `${CONFIG}/rabbitmq.sh`), `${part.host}-data:/var/lib/rabbitmq`],
    secrets: [passwordOf(part)],
    healthcheck: { ...check(['CMD', 'rabbitmq-diagnostics', '-q', 'check_port_connectivity'], 120, 5), timeout: '20s' },
    ...SAFE,
    deploy: limits(1, '1.00', '512M'),
  };
}

function kafka(part: Part): Draft {
  return {
    image: part.image,
    hostname: part.host,
    environment: {
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `PLAINTEXT://:${part.port},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${part.host}:${part.port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
      KAFKA_HEAP_OPTS: '-Xms256m -Xmx384m',
    },
    volumes: [`${part.host}-data:/var/lib/kafka/data`],
    healthcheck: {
      ...check(['CMD', '/opt/kafka/bin/kafka-broker-api-versions.sh', '--bootstrap-server', `localhost:${part.port}`], 120, 5),
      timeout: '20s',
    },
    ...SAFE,
    deploy: limits(1, '1.00', '768M'),
  };
}

function prometheus(part: Part): Draft {
  return {
    image: part.image,
    volumes: [mount(part, 'prometheus.yml', '/etc/prometheus/prometheus.yml'), `${part.host}-data:/prometheus`],
    healthcheck: check(['CMD', 'promtool', 'check', 'healthy']),
    ...SAFE,
    cap_drop: ['ALL'],
    deploy: limits(1, '0.50', '256M'),
  };
}
