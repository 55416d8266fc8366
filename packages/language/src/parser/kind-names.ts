import { isKind } from '@sysd/core';

/** Kinds under the names that other tools and people give them. */
const ALSO_CALLED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    service:
      'server api app application webapp microservice micro-service backend component container node softwaresystem software-system pod deployment module program process element monolith web',
    client: 'user users person people actor customer customers browser mobile frontend web-app device devices',
    loadbalancer: 'lb load-balancer load_balancer balancer elb alb nlb',
    gateway: 'ingress api-gateway apigateway',
    database: 'db datastore data-store store rdbms sql nosql',
    blobstore: 'bucket storage object-storage object-store objectstore blob filesystem volume',
    stream: 'topic log event-bus eventbus broker',
    queue: 'mq message-queue task-queue',
    function: 'lambda serverless faas',
    worker: 'job consumer processor',
    scheduler: 'cron cronjob timer',
    monitor: 'monitoring observability metrics',
    external: 'third-party thirdparty saas vendor external-system',
    group: 'subgraph boundary package namespace cluster vpc subsystem domain layer',
    zone: 'az availability-zone datacenter data-center',
  }).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
);

/** The kind, or `group` or `zone`, that a word is or is another name of; that of the last word where a title ends in one (`Order DB`). */
export function kindCalled(title: string): string | undefined {
  const word = (title.split(/[^A-Za-z]+/).findLast((part) => part !== '') ?? '').toLowerCase();
  return isKind(word) ? word : meantKind(word);
}

/** The kind, or `group` or `zone`, that a word is another name of; undefined for one that is not known. */
export const meantKind = (word: string): string | undefined => ALSO_CALLED.get(word.toLowerCase());
