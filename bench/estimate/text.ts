/** Components of a flow: a service that asks others, and stores of theirs. */
const GROUP = 10;

/**
 * A design of so many components in groups with a flow each: a load balancer, services behind it, and databases that some of the requests read or
 * write. One number of the middle group is `time`.
 */
export function textOf(components: number, time: number): string {
  const groups = Math.ceil(components / GROUP);
  const lines = ['system Bench', 'client u { daily-active: 1M }'];
  for (let g = 0; g < groups; g++) {
    const ms = g === groups >> 1 ? time : 4;
    lines.push(`loadbalancer lb${g} { replicas: 2, capacity: 20k/s, latency: 1 ms }`);
    for (let i = 0; i < 6; i++)
      lines.push(`service s${g}-${i} { replicas: 4, cores: 4, cpu-time: ${i === 0 ? ms : 4} ms, cost: 50 USD/month per node }`);
    for (let i = 0; i < 3; i++)
      lines.push(`database d${g}-${i} { capacity: 2k/s, latency: p50 1 ms p99 9 ms, table t { key: id, row: 300 B, retention: 1 year } }`);
    lines.push(`flow F${g} from u at 20/day each {`, `  u -> lb${g} -> s${g}-0`);
    for (let i = 1; i < 6; i++) lines.push(`  s${g}-0 -> s${g}-${i} 1 KB when ${10 * i}%`);
    for (let i = 0; i < 3; i++) lines.push(`  s${g}-${i + 1} -> d${g}-${i} ${i === 0 ? 'write' : 'read'} t`);
    lines.push('}');
  }
  return `${lines.join('\n')}\n`;
}
