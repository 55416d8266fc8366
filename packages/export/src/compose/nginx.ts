import { valueIn } from '@sysd/core';
import type { Passage, Router } from './project.ts';

/** Port of the health check. */
export const NGINX_STATUS = 8081;

/** A server block for `conf.d`. Written from allocated names, safe paths and numbers only. */
export function nginxConfig({ part, passages }: Router, header: string): string {
  const cached = passages.some((passage) => passage.cached);
  const ttl = Math.max(1, Math.min(3600, Math.round(valueIn(part.component.properties, 'ttl')?.value ?? 60)));
  const limit = limitOf(part);
  const lines = [
    `# ${header}`,
    '# the addresses of a name change as instances come and go',
    'resolver 127.0.0.11 valid=1s ipv6=off;',
    ...(cached ? ['proxy_cache_path /tmp/cache keys_zone=kept:10m max_size=100m inactive=1h;'] : []),
    ...(limit === undefined ? [] : [`limit_req_zone $binary_remote_addr zone=callers:1m rate=${limit}r/m;`, 'limit_req_status 429;']),
    ...passages.flatMap(splitLines),
    '',
    'server {',
    `  listen ${part.port};`,
    '  access_log off;',
    '  proxy_http_version 1.1;',
    '  proxy_connect_timeout 1s;',
    '  proxy_read_timeout 30s;',
    '  # a request whose instance dies goes to another one',
    '  proxy_next_upstream error timeout;',
    '  proxy_next_upstream_tries 3;',
    ...passages.flatMap((passage, index) => locationLines(passage, index, ttl, limit)),
    ...(passages.some(({ paths }) => paths.includes('/')) ? [] : ['  location / {', '    return 404 "no flow comes by here\\n";', '  }']),
    '}',
    '',
    'server {',
    `  listen ${NGINX_STATUS};`,
    '  access_log off;',
    '  location = /healthz {',
    '    return 200 "ok\\n";',
    '  }',
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Requests per minute and caller, where the design limits them by address. */
function limitOf({ component }: Router['part']): number | undefined {
  const limit = valueIn(component.properties, 'rate-limit')?.find((each) => each.by?.name === 'ip');
  return limit === undefined ? undefined : Math.max(1, Math.round(limit.rate.value * 60));
}

/** Alternatives: a share of the requests each. */
function splitLines({ to }: Passage, index: number): string[] {
  if (to.length < 2) return [];
  const rest = to.slice(0, -1).map(({ part, share }) => `  ${(share * 100).toFixed(2)}% http://${part.host}:${part.port};`);
  const last = to.at(-1)!.part;
  return [`split_clients "$request_id" $place${index} {`, ...rest, `  * http://${last.host}:${last.port};`, '}'];
}

function locationLines({ paths, to, cached }: Passage, index: number, ttl: number, limit: number | undefined): string[] {
  return paths.flatMap((path) => {
    if (to.length === 0) return [`  location = ${path} {`, '    return 200 "ok\\n";', '  }'];
    return [
      `  location = ${path} {`,
      ...(limit === undefined ? [] : [`    limit_req zone=callers burst=${limit} nodelay;`]),
      ...(to.length === 1 ? [`    set $place${index} http://${to[0]!.part.host}:${to[0]!.part.port};`] : []),
      ...(cached ? ['    proxy_cache kept;', `    proxy_cache_valid 200 ${ttl}s;`, '    add_header x-cache $upstream_cache_status;'] : []),
      `    proxy_pass $place${index};`,
      '  }',
    ];
  });
}
