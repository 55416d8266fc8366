import type { Target } from '../standin/config.ts';
import type { Part } from './project.ts';
import { queueLimitOf } from './queue-limit.ts';
import { SCALE } from './scale.ts';

export const passwordOf = (part: Part): string => `${part.host}-password`;

export const secretPath = (name: string): string => `/run/secrets/${name}`;

/** How a stand-in reaches a part: one target, or two where a database has replicas. */
export function targetsOf(part: Part, pool: number | undefined): Target[] {
  const { host, port } = part;
  const passwordFile = secretPath(passwordOf(part));
  switch (part.role) {
    case 'postgres': {
      const common = {
        kind: 'postgres',
        port,
        user: 'app',
        database: 'app',
        passwordFile,
        pool: Math.min(pool ?? SCALE.pool, SCALE.pool),
      } as const;
      const primary = { ...common, name: host, host };
      return part.replicaHost === undefined ? [primary] : [primary, { ...common, name: part.replicaHost, host: part.replicaHost }];
    }
    case 'redis':
    case 'redis-broker':
      return [{ kind: 'redis', name: host, host, port, passwordFile }];
    case 'rabbitmq': {
      const most = queueLimitOf(part);
      return [{ kind: 'rabbitmq', name: host, host, port, user: 'app', passwordFile, ...(most ? { most } : {}) }];
    }
    case 'kafka':
      return [{ kind: 'kafka', name: host, brokers: [`${host}:${port}`], partitions: SCALE.partitions }];
    case 'none':
      return [];
    default:
      return [{ kind: 'http', name: host, url: `http://${host}:${port}` }];
  }
}
