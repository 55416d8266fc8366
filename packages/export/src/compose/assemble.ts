import { type ExportedFile, plain } from '../exported-file.ts';
import type { StandinConfig } from '../standin/config.ts';
import { haproxyConfig } from './haproxy.ts';
import { nginxConfig } from './nginx.ts';
import type { Part, Project } from './project.ts';
import { prometheusConfig, scraped } from './prometheus.ts';
import { isProxy } from './role.ts';
import { SCALE } from './scale.ts';
import { rabbitScript, redisScript, replicaScript, replicationScript } from './scripts.ts';
import type { ComposeService } from './service.ts';
import { configPath, servicesOf } from './services.ts';
import { schemaOf } from './sql.ts';
import { targetsOf } from './targets.ts';

export interface NamedService {
  readonly name: string;
  readonly service: ComposeService;
  /** Lines for the comment above it. */
  readonly comment: readonly string[];
}

/** The compose file and what it mounts, as data. */
export interface Assembly {
  readonly services: readonly NamedService[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly secrets: readonly string[];
  readonly files: readonly ExportedFile[];
  readonly usesStandin: boolean;
  /** Ways in: `http://127.0.0.1:8080/flow/F`. */
  readonly urls: readonly { readonly flow: string; readonly url: string }[];
}

const FIRST_PORT = 8080;

/** Gives every part its service with networks, ports and dependencies, and writes the files that they mount. */
export function assemble(project: Project, header: string): Assembly {
  const calls = callsOf(project);
  const order = acyclic(project.parts, calls);
  const ports = portsOf(project);
  const services = project.parts.flatMap((part) =>
    servicesOf(part).map(([name, draft]): NamedService => {
      const primary = name === part.host;
      const networks = networksOf(part, calls.get(part) ?? [], project);
      const dependencies = primary ? (order.get(part) ?? []).flatMap(namesOf).sort() : [part.host];
      const port = primary ? ports.get(part) : undefined;
      const secrets = [...(draft.secrets ?? []), ...secretsFor(project, part)];
      return {
        name,
        comment: commentOf(part, primary),
        service: arrange({
          ...draft,
          ...(secrets.length === 0 ? {} : { secrets }),
          networks: primary ? networks : [home(part)],
          ...(port === undefined ? {} : { ports: [port.mapping] }),
          ...(dependencies.length === 0
            ? {}
            : { depends_on: Object.fromEntries(dependencies.map((each) => [each, { condition: 'service_healthy' as const }])) }),
        }),
      };
    }),
  );
  const used = new Set(services.flatMap(({ service }) => service.networks));
  const secrets = [...new Set(services.flatMap(({ service }) => service.secrets ?? []))].sort();
  return {
    services,
    networks: ['edge', 'app', 'data'].filter((network) => used.has(network)),
    volumes: services.flatMap(({ service }) => service.volumes ?? []).flatMap((volume) => /^([a-z0-9-]+):/.exec(volume)?.[1] ?? []),
    secrets,
    files: [
      ...project.parts.flatMap((part) => filesOf(project, part, header)),
      ...secrets.map((secret): ExportedFile => ({ path: `secrets/${secret}.txt`, content: '', secret: true })),
    ],
    usesStandin: project.parts.some((part) => part.role === 'standin'),
    urls: project.entries.flatMap(({ flow, path, part }) => {
      const port = ports.get(part);
      return port === undefined ? [] : [{ flow, url: `http://127.0.0.1:${port.number}${path}` }];
    }),
  };
}

/** The order that dclint asks for. */
const FIELDS: readonly (keyof ComposeService)[] = [
  'image',
  'depends_on',
  'volumes',
  'secrets',
  'environment',
  'ports',
  'networks',
  'command',
  'entrypoint',
  'restart',
  'healthcheck',
  'user',
  'cap_drop',
  'deploy',
  'hostname',
  'read_only',
  'security_opt',
];

/** The same service with its fields in the order of the file. */
function arrange(service: ComposeService): ComposeService {
  return Object.fromEntries(
    FIELDS.flatMap((field) => (service[field] === undefined ? [] : [[field, service[field]]])),
  ) as unknown as ComposeService;
}

/** Passwords of what a stand-in calls. */
function secretsFor(project: Project, part: Part): string[] {
  const paths = (project.behaviours.get(part)?.targets ?? []).flatMap((target) => ('passwordFile' in target ? [target.passwordFile] : []));
  return [...new Set(paths)].map((path) => path.slice(path.lastIndexOf('/') + 1)).sort();
}

/** Stores and brokers live in the inner network, everything else in the middle one. */
const home = ({ role }: Part): string => (['postgres', 'redis', 'redis-broker', 'rabbitmq', 'kafka'].includes(role) ? 'data' : 'app');

function networksOf(part: Part, calls: readonly Part[], project: Project): string[] {
  const networks = new Set([home(part), ...calls.map(home)]);
  if (part.role === 'prometheus') for (const each of scraped(project, part)) networks.add(home(each));
  if (isEntry(part)) networks.add('edge');
  return ['edge', 'app', 'data'].filter((network) => networks.has(network));
}

/** Reached from this machine: what clients call by HTTP, and the monitor's pages. */
const isEntry = (part: Part): boolean =>
  part.role === 'prometheus' || (part.entry && (isProxy(part.role) || part.role === 'standin' || part.role === 'image'));

/** Ports of this machine, reachable from it alone; each can be moved by a variable. */
function portsOf(project: Project): Map<Part, { number: number; mapping: string }> {
  const ports = new Map<Part, { number: number; mapping: string }>();
  for (const part of project.parts) {
    if (!isEntry(part)) continue;
    const number =
      part.role === 'prometheus' ? 9090 + countOf(ports, 'prometheus') : FIRST_PORT + ports.size - countOf(ports, 'prometheus');
    const variable = `SYSD_PORT_${part.host.toUpperCase().replaceAll('-', '_')}`;
    ports.set(part, { number, mapping: `127.0.0.1:\${${variable}:-${number}}:${part.port}` });
  }
  return ports;
}

const countOf = (ports: ReadonlyMap<Part, unknown>, role: Part['role']): number =>
  [...ports.keys()].filter((part) => part.role === role).length;

function callsOf(project: Project): Map<Part, readonly Part[]> {
  return new Map(
    project.parts.map((part) => {
      const proxied = project.routers.get(part)?.passages.flatMap((passage) => passage.to.map(({ part: target }) => target)) ?? [];
      return [part, [...new Set([...(project.behaviours.get(part)?.calls ?? []), ...proxied])].filter((target) => target !== part)];
    }),
  );
}

/** Dependencies without cycles: where calls go round, the call that closes the circle is not waited for at the start. */
function acyclic(parts: readonly Part[], calls: ReadonlyMap<Part, readonly Part[]>): Map<Part, readonly Part[]> {
  const kept = new Map<Part, Part[]>();
  const open = new Set<Part>();
  const visit = (start: Part): void => {
    // depth first without recursion: designs may be long chains
    const stack: { part: Part; next: number }[] = [{ part: start, next: 0 }];
    kept.set(start, []);
    open.add(start);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const target = calls.get(top.part)?.[top.next++];
      if (target === undefined) {
        open.delete(top.part);
        stack.pop();
      } else if (!open.has(target)) {
        kept.get(top.part)!.push(target);
        if (!kept.has(target)) {
          kept.set(target, []);
          open.add(target);
          stack.push({ part: target, next: 0 });
        }
      }
    }
  };
  for (const part of parts) if (!kept.has(part)) visit(part);
  return kept;
}

const namesOf = (part: Part): string[] => servicesOf(part).map(([name]) => name);

function commentOf(part: Part, primary: boolean): string[] {
  const { component, designed, here } = part;
  const title = component.title === undefined ? '' : ` "${plain(component.title)}"`;
  const technology = component.technology === undefined ? '' : `: ${plain(component.technology)}`;
  const lines = [`${component.kind} ${plain(component.id)}${technology}${title}`];
  if (!primary) return [`${lines[0]}: the replicas that follow the primary`];
  lines.push(`design: ${designed} ${designed === 1 ? 'replica' : 'replicas'}; here: ${here}`, ...part.notes.map((note) => plain(note)));
  return lines;
}

function filesOf(project: Project, part: Part, header: string): ExportedFile[] {
  const file = (name: string, content: string, executable = false): ExportedFile => ({
    path: configPath(part, name),
    content,
    ...(executable ? { executable } : {}),
  });
  const proxy = project.routers.get(part);
  switch (part.role) {
    case 'standin':
      return [file('standin.json', `${JSON.stringify(standinConfig(project, part, header), null, 2)}\n`)];
    case 'haproxy':
      return [file('haproxy.cfg', haproxyConfig(proxy!, header))];
    case 'nginx':
      return [file('default.conf', nginxConfig(proxy!, header))];
    case 'postgres': {
      const tables = file('10-tables.sql', `-- ${header}\n${schemaOf(part.component)}`);
      if (part.replicaHost === undefined) return [tables];
      return [tables, file('20-replication.sh', replicationScript(header), true), file('replica.sh', replicaScript(header), true)];
    }
    case 'redis':
    case 'redis-broker':
      return [file('redis.sh', redisScript(header), true)];
    case 'rabbitmq':
      return [file('rabbitmq.sh', rabbitScript(header), true)];
    case 'prometheus':
      return [file('prometheus.yml', prometheusConfig(project, part, header))];
    default:
      return [];
  }
}

function standinConfig(project: Project, part: Part, header: string): StandinConfig {
  const behaviour = project.behaviours.get(part)!;
  return {
    '//': header,
    component: part.component.id,
    port: part.port,
    health: part.health.replace(/\?.*$/, ''),
    targets: behaviour.targets,
    routes: behaviour.routes,
    consumers: behaviour.consumers.map(({ broker, group, handles }) => ({
      target: targetsOf(broker, undefined)[0]!.name,
      topic: broker.host,
      group,
      prefetch: SCALE.pool,
      handles,
    })),
    timers: behaviour.timers,
    objects: part.component.kind === 'blobstore',
  };
}
