import { effective, valueIn } from '@sysd/core';
import type { Passage, Router } from './project.ts';

/** Port of `/metrics` and of the health check. */
export const HAPROXY_STATUS = 8404;
/** Addresses that one name may resolve to: more instances than a laptop runs. */
const SLOTS = 5;

interface Backend {
  readonly name: string;
  readonly to: Passage['to'];
  readonly paths: string[];
}

/** Whatever is written into the file comes from allocated names, safe paths and numbers: no text of the author's. */
export function haproxyConfig({ part, passages }: Router, header: string): string {
  const backends = backendsOf(passages);
  const layer4 = valueIn(part.component.properties, 'layer')?.value === 4 && backends.length === 1;
  const lines = [
    `# ${header}`,
    'global',
    '  maxconn 2000',
    '  log stdout format raw local0 notice',
    '',
    'defaults',
    `  mode ${layer4 ? 'tcp' : 'http'}`,
    '  timeout connect 1s',
    '  timeout client 30s',
    '  timeout server 30s',
    '  # a request whose instance dies before it answers goes to another one',
    '  retries 3',
    '  option redispatch 1',
    ...(layer4 ? [] : ['  retry-on conn-failure empty-response']),
    '',
    'resolvers compose',
    '  nameserver dns 127.0.0.11:53',
    '  accepted_payload_size 8192',
    '  hold valid 1s',
    '  hold obsolete 1s',
    '',
    'frontend entry',
    `  bind :${part.port}`,
    ...(backends.length > 1 ? backends.map((backend) => `  use_backend ${backend.name} if { path ${backend.paths.join(' ')} }`) : []),
    ...(backends[0] === undefined
      ? ['  http-request return status 200 content-type text/plain string ok']
      : [`  default_backend ${backends[0].name}`]),
    '',
    ...backends.flatMap((backend) => [
      ...backendLines(backend, [...balanceOf(part), ...(layer4 ? [] : ['http-request disable-l7-retry unless METH_GET'])]),
      '',
    ]),
    'frontend status',
    '  mode http',
    `  bind :${HAPROXY_STATUS}`,
    '  monitor-uri /healthz',
    ...backends.map((backend) => `  monitor fail if { nbsrv(${backend.name}) lt 1 }`),
    '  http-request use-service prometheus-exporter if { path /metrics }',
  ];
  return `${lines.join('\n')}\n`;
}

/** Passages to the same places share a backend. */
function backendsOf(passages: readonly Passage[]): Backend[] {
  const backends = new Map<string, Backend>();
  for (const { paths, to } of passages) {
    if (to.length === 0) continue;
    const key = to.map(({ part, share }) => `${part.host} ${share}`).join(' ');
    const known = backends.get(key) ?? { name: `to-${to.map(({ part }) => part.host).join('-or-')}`, to, paths: [] };
    known.paths.push(...paths.filter((path) => !known.paths.includes(path)));
    backends.set(key, known);
  }
  // the same places with other shares: another backend, so another name
  return [...backends.values()].map((backend, index, all) =>
    all.findIndex((other) => other.name === backend.name) < index ? { ...backend, name: `${backend.name}-${index + 1}` } : backend,
  );
}

function backendLines({ name, to }: Backend, rules: readonly string[]): string[] {
  const most = Math.max(...to.map(({ part, share }) => share / part.here));
  const servers = to.flatMap(({ part, share }) => {
    const probe = valueIn(part.component.properties, 'health');
    const every = Math.min(5, Math.max(1, probe?.every?.value ?? 2));
    const fall = probe?.threshold?.value ?? 2;
    const weight = most > 0 ? Math.max(1, Math.round((100 * share) / part.here / most)) : 1;
    return [
      `  server-template ${part.host}- ${SLOTS} ${part.host}:${part.port} check inter ${Math.round(every * 1000)}ms fastinter 500ms fall ${fall} rise 1 weight ${weight} observe layer4 error-limit 1 on-error mark-down resolvers compose init-addr libc,none`,
    ];
  });
  return [`backend ${name}`, ...rules.map((line) => `  ${line}`), `  option httpchk GET ${to[0]!.part.health}`, ...servers];
}

function balanceOf(part: Router['part']): string[] {
  const algorithm = effective(part.component.properties, 'algorithm')?.value.name.function;
  switch (algorithm) {
    case 'least-connections':
    case 'weighted-least-connections':
      return ['balance leastconn'];
    case 'least-response-time':
      return ['# HAProxy has no least-response-time; least connections comes nearest', 'balance leastconn'];
    case 'ip-hash':
      return ['balance source', 'hash-type consistent'];
    case 'hash':
      return ['balance uri whole'];
    case 'consistent-hash':
      return ['balance uri whole', 'hash-type consistent'];
    case 'random':
      return ['balance random'];
    default:
      return ['balance roundrobin'];
  }
}
