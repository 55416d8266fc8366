import { valueIn } from '@sysd/core';
import { stringify } from 'yaml';
import { HAPROXY_STATUS } from './haproxy.ts';
import type { Part, Project } from './project.ts';

/** What Prometheus reads: every part with metrics, or those that the monitor names. Instances are found by name. */
export function prometheusConfig(project: Project, monitor: Part, header: string): string {
  const jobs = scraped(project, monitor).map((part) => ({
    job_name: part.host,
    dns_sd_configs: [{ names: [part.host], type: 'A', port: metricsPort(part)!, refresh_interval: '5s' }],
  }));
  const config = { global: { scrape_interval: '5s', scrape_timeout: '4s' }, scrape_configs: jobs };
  return `# ${header}\n${stringify(config)}`;
}

/** Parts that a monitor collects from. */
export function scraped(project: Project, monitor: Part): Part[] {
  const named = valueIn(monitor.component.properties, 'scrapes')?.map((name) => name.name);
  return project.parts.filter((part) => metricsPort(part) !== undefined && (named === undefined || named.includes(part.component.id)));
}

function metricsPort(part: Part): number | undefined {
  if (part.role === 'standin') return part.port;
  if (part.role === 'haproxy') return HAPROXY_STATUS;
  return part.role === 'rabbitmq' ? 15692 : undefined;
}
