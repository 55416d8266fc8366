import type { Example } from '../../rule.ts';

const shop = (db: string, slo: string, api = 'http "/healthz" every 5 s') => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic, failover-time: 3 s }
service api { replicas: 3, health: ${api} }
database orders: postgres { ${db}, backup: every 1 day retain 30 day }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
  slo: ${slo}
}
`;

const DB = 'replicas: 3, failover: automatic, failover-time: 30 s';

/** A pair of load balancers in two regions, between which a name decides. */
const regions = (ttl: string) => `system Shop

region eu
region us
client users { daily-active: 1M }
dns names: route53 { ttl: ${ttl} }
loadbalancer lb: haproxy { replicas: 2 in eu, us, mode: active-passive, failover: automatic via names, failover-time: 30 s }
service api { replicas: 4 across eu, us, health: http "/healthz" every 5 s }

flow Browse from users at 20/day each {
  users -> names -> lb -> api
  slo: rto <= 5 min
}

accept single-point-of-failure on names because "Route 53 has a 100% SLA"
`;

export const AVOID: readonly Example[] = [
  { title: 'A person takes over, in five minutes?', text: shop('replicas: 3, failover: manual', 'rto <= 5 min') },
  {
    title: 'Half a minute times three until anybody notices',
    text: shop(DB, 'rto <= 1 min', 'http "/healthz" every 30 s threshold 3'),
  },
  { title: 'A failover of two minutes', text: shop('replicas: 3, failover: automatic, failover-time: 2 min', 'rto <= 1 min') },
  { title: 'Clients that use the old address for an hour', text: regions('1 h') },
];

export const PREFER: readonly Example[] = [
  { title: 'A standby takes over in half a minute', text: shop(DB, 'rto <= 1 min') },
  { title: 'Checked every 20 seconds', text: shop(DB, 'rto <= 1 min', 'http "/healthz" every 20 s threshold 3') },
  { title: 'Clients ask again every minute', text: regions('1 min') },
];
