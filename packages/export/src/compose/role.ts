import { type Component, type Diagnostic, property, valueIn } from '@sysd/core';
import { noImage, simplified } from './notice.ts';

/** What runs for a component. */
export type Role =
  /** Nothing: what it does is done by something that is there anyway. */
  | 'none'
  /** The shipped program that behaves as the flows say. */
  | 'standin'
  /** An image that the author names. */
  | 'image'
  | 'haproxy'
  | 'nginx'
  | 'postgres'
  | 'redis'
  | 'redis-broker'
  | 'rabbitmq'
  | 'kafka'
  | 'prometheus';

export const isProxy = (role: Role): boolean => role === 'haproxy' || role === 'nginx';

/** Images whose configuration this export writes, by the name that the design's image has. */
const FAMILIES: readonly (readonly [name: RegExp, role: Role])[] = [
  [/(^|\/)postgres$/, 'postgres'],
  [/(^|\/)redis$/, 'redis'],
  [/(^|\/)rabbitmq$/, 'rabbitmq'],
  [/(^|\/)kafka$/, 'kafka'],
  [/(^|\/)haproxy$/, 'haproxy'],
  [/(^|\/)nginx$/, 'nginx'],
  [/(^|\/)prometheus$/, 'prometheus'],
];

export const IMAGES: Readonly<Record<Exclude<Role, 'none' | 'image'>, string>> = {
  standin: 'node:24-slim',
  haproxy: 'haproxy:3.0',
  nginx: 'nginx:1.26',
  postgres: 'postgres:17',
  redis: 'redis:8',
  'redis-broker': 'redis:8',
  rabbitmq: 'rabbitmq:4.0',
  kafka: 'apache/kafka:3.9.0',
  prometheus: 'prom/prometheus:v2.53.3',
};

export interface Choice {
  readonly role: Role;
  readonly image: string;
  /** What the reader of the file should know, for the comment beside the service. */
  readonly notes: readonly string[];
}

/** A reference with a tag or digest, of the characters that references have: anything else is not passed on. */
const REFERENCE = /^[a-z0-9][a-z0-9._/-]*(:[0-9]+\/[a-z0-9._/-]+)?(:[A-Za-z0-9_][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})$/;

/** Chooses what runs for a component, and says in a diagnostic where that is not what the design names. */
export function chooseRole(component: Component, diagnostics: Diagnostic[]): Choice {
  const own = property(component.properties, 'image');
  const declared = own?.origin.kind === 'declared' ? own.value.text : undefined;
  const image = own?.value.text;
  if (image !== undefined && !REFERENCE.test(image)) {
    diagnostics.push(
      noImage(component, `"${image}" is not an image with a pinned tag, such as "postgres:17". Write one, or leave \`image\` out.`),
    );
    return emulate(component, undefined, diagnostics);
  }
  const family = image === undefined ? undefined : familyOf(image);
  const named = family !== undefined ? fitting(component, family) : undefined;
  if (named !== undefined && image !== undefined) return { role: named, image, notes: notesOf(component, named) };
  if (declared !== undefined && RUNS_OWN.has(component.kind)) return { role: 'image', image: declared, notes: [] };
  return emulate(component, image, diagnostics);
}

const RUNS_OWN = new Set<Component['kind']>(['service', 'worker', 'function', 'external', 'registry']);

function familyOf(image: string): Role | undefined {
  const name = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1];
}

/** The family's role, where it does for this kind what the kind asks. */
function fitting({ kind }: Component, family: Role): Role | undefined {
  if (kind === 'queue' || kind === 'stream') {
    if (family === 'redis') return 'redis-broker';
    return family === 'rabbitmq' || family === 'kafka' ? family : undefined;
  }
  if (kind === 'database') return family === 'postgres' || family === 'redis' ? family : undefined;
  if (kind === 'cache') return family === 'redis' ? family : undefined;
  if (kind === 'loadbalancer' || kind === 'gateway') return family === 'haproxy' || family === 'nginx' ? family : undefined;
  if (kind === 'monitor') return family === 'prometheus' ? family : undefined;
  return undefined;
}

function notesOf(component: Component, role: Role): string[] {
  if (role === 'kafka') return ["Kafka's own image: not run by sysd's tests, which have no Kafka"];
  return component.kind === 'queue' && role === 'redis-broker' ? ['kept in a Redis stream'] : [];
}

/** What runs where the design names nothing that can be run as it is. */
function emulate(component: Component, image: string | undefined, diagnostics: Diagnostic[]): Choice {
  const { kind } = component;
  const what = component.technologyTitle ?? component.technology;
  const say = (role: Exclude<Role, 'none' | 'image'>, limit = ''): Choice => {
    const instead = role === 'standin' ? 'a stand-in' : IMAGES[role];
    if (what !== undefined) {
      const why =
        image === undefined ? 'has no image that runs on a laptop' : `has an image, ${image}, which the export does not configure yet`;
      diagnostics.push(noImage(component, `${what} ${why}: ${instead} emulates it${limit}.`));
      return { role, image: IMAGES[role], notes: [`${instead} emulates ${what}${limit}`] };
    }
    if (role !== 'standin') {
      diagnostics.push(simplified(component, `No technology is said for ${component.id}: it runs as ${IMAGES[role]}${limit}.`));
    }
    return { role, image: IMAGES[role], notes: role === 'standin' ? [] : [`no technology said: ${IMAGES[role]}${limit}`] };
  };
  const none = (why: string): Choice => {
    diagnostics.push(simplified(component, `${component.id} is not a container: ${why}.`));
    return { role: 'none', image: '', notes: [why] };
  };
  switch (kind) {
    case 'client':
      return { role: 'none', image: '', notes: [] };
    case 'dns':
      return none("names are resolved by Compose's own name service");
    case 'mesh':
      return none('services call each other without sidecars');
    case 'cache': {
      const level = valueIn(component.properties, 'level')?.level;
      if (level === 'in-process') return { role: 'none', image: '', notes: ['each stand-in has it in its own memory'] };
      if (level === 'browser') return { role: 'none', image: '', notes: ['callers have it in their own memory'] };
      return say('redis');
    }
    case 'database':
      return say(
        'postgres',
        valueIn(component.properties, 'model') === 'relational' ? '' : ', one primary and its replicas whatever the quorums',
      );
    case 'queue':
      return say('rabbitmq');
    case 'stream':
      return say('rabbitmq', ': each consumer group has a queue of its own, and what was consumed cannot be read again');
    case 'loadbalancer':
      return say('haproxy');
    case 'gateway':
    case 'cdn':
      return say('nginx');
    case 'monitor':
      return say('prometheus');
    case 'blobstore':
      return say('standin', ', which keeps the latest objects in memory');
    case 'search':
    case 'registry':
      return say('standin');
    default:
      return code(component);
  }
}

/** Code of the author, a third party's or a platform's: its behaviour is what the flows say. */
function code(component: Component): Choice {
  return { role: 'standin', image: IMAGES.standin, notes: [`stand-in for the ${component.kind}'s code`] };
}
