import type { Example } from '../../rule.ts';

const shop = (lb: string, api: string, db: string, more = '') => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { ${lb} }
service api { ${api} }
database orders: postgres { ${db} }
${more}
flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`;

const LB = 'replicas: 2, mode: active-passive, failover: automatic';
const API = 'replicas: 3, health: http "/healthz" every 5 s';
const BACKUP = 'backup: every 1 day retain 30 day';
const DB = `replicas: 3, failover: automatic, ${BACKUP}`;

const voters = (zones: string, replicas: string) => `system Votes

${zones}
client users { daily-active: 1M }
registry voters: etcd { replicas: ${replicas} }

flow Vote from users at 1/day each {
  users -> voters
}
`;

const regions = (outside: string, needs: string, inside = '') => `system Regions

client users { daily-active: 1M }
region us
region eu
dns names { managed: yes }
${outside}
group cell across us, eu {
  service api { replicas: 2, health: http "/healthz" every 5 s }${inside === '' ? '' : `\n  ${inside}`}
}
flow Order from users at 1/day each {
  users -> names -> api
  api -> ${needs}
}
`;

const cached = (app: string, db: string) => `system Cached

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service app { replicas: 2, cores: 4, ${app}, health: http "/healthz" every 5 s }
cache hot { hit-ratio: 90% }
database products { managed: yes, ${db} }

flow View from users at 100/s {
  users -> lb -> app
  app -> hot read 1 KB
  app -> products read 1 KB on miss
}
`;

export const AVOID: readonly Example[] = [
  { title: 'One load balancer before three instances', text: shop('layer: 7', API, DB) },
  { title: 'One instance of a service', text: shop(LB, 'cores: 4', DB) },
  { title: 'One database', text: shop(LB, API, `cores: 4, ${BACKUP}`) },
  { title: 'Standbys, and a person who makes one the primary', text: shop(LB, API, `replicas: 3, failover: manual, ${BACKUP}`) },
  {
    title: 'Two of three voters in one zone',
    text: voters('zone a\nzone b\nzone c', '3 in a, a, b'),
  },
  {
    title: 'Both replicas are needed at peak: there is no spare',
    text: shop(LB, 'replicas: 2, cores: 4, cpu-time: 200 ms, health: http "/healthz" every 5 s', DB),
  },
  {
    title: 'Two regions that both need one service: their redundancy is illusory',
    text: regions('service auth { replicas: 1 in us }', 'auth'),
  },
  { title: 'A cache without which its database cannot carry the load', text: cached('cpu-time: 5 ms', 'capacity: 20/s') },
];

export const PREFER: readonly Example[] = [
  {
    title: 'What the regions need is in each of them',
    text: regions(
      '',
      'inner -> auth',
      'loadbalancer inner: haproxy { replicas: 2, mode: active-passive, failover: automatic }\n  service auth { replicas: 2, health: http "/healthz" every 5 s }',
    ),
  },
  { title: 'A database that carries the load while the cache is cold', text: cached('cpu-time: 5 ms', 'capacity: 200/s') },
  { title: 'A second load balancer that takes over, instances with health checks, a standby that is promoted', text: shop(LB, API, DB) },
  { title: 'One voter in each zone', text: voters('zone a\nzone b\nzone c', '3 across a, b, c') },
  {
    title: 'A step that the answer can do without',
    text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
service recommendations

api -> recommendations { timeout: 100 ms }

flow Browse from users at 20/day each {
  users -> lb -> api
  api -> recommendations optional
}
`,
  },
];
