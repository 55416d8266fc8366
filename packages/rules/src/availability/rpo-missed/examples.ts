import type { Example } from '../../rule.ts';

const shop = (store: string, slo: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: ${store}

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
  slo: ${slo}
}
`;

const BACKUP = 'backup: every 1 day retain 30 day';

export const AVOID: readonly Example[] = [
  {
    title: 'Standbys that trail the primary by five seconds',
    text: shop(`postgres { replicas: 3, failover: automatic, replication: async, lag: 5 s, ${BACKUP} }`, 'rpo <= 1 s'),
  },
  {
    title: 'Nothing may be lost, and one replica of three confirms a write',
    text: shop(`cassandra { replicas: 3, ${BACKUP} }`, 'rpo <= 0 s'),
  },
  {
    title: 'One replica and a copy a day',
    text: shop(`postgres { ${BACKUP} }`, 'rpo <= 1 h'),
  },
];

export const PREFER: readonly Example[] = [
  {
    title: 'A write waits for a standby',
    text: shop(`postgres { replicas: 3, failover: automatic, replication: sync, ${BACKUP} }`, 'rpo <= 1 s'),
  },
  {
    title: 'Standbys that trail by less than may be lost',
    text: shop(`postgres { replicas: 3, failover: automatic, replication: async, lag: 5 s, ${BACKUP} }`, 'rpo <= 1 min'),
  },
];
