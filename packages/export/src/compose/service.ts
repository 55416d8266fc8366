/** A service of a compose file, as far as exports write one. */
export interface ComposeService {
  readonly image: string;
  readonly hostname?: string;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly networks: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: 'service_healthy' }>>;
  readonly healthcheck: Healthcheck;
  readonly restart: 'unless-stopped';
  readonly read_only?: true;
  readonly cap_drop?: readonly string[];
  readonly security_opt: readonly string[];
  readonly deploy: {
    readonly replicas?: number;
    readonly resources: { readonly limits: { readonly cpus: string; readonly memory: string } };
  };
}

export interface Healthcheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly start_period: string;
  readonly start_interval: string;
}

/** Compose replaces `$NAME` in every value: a dollar that is meant is written twice. */
export const literal = (text: string): string => text.replaceAll('$', '$$$$');

/**
 * A check every `interval` seconds until the first success, for `start` seconds before failures count, then every 15: each check starts a
 * process, and a laptop runs a dozen services. `start_interval` needs Docker Engine 25.
 */
export function check(test: readonly string[], start = 60, interval = 3): Healthcheck {
  return { test: test.map(literal), interval: '15s', timeout: '5s', retries: 4, start_period: `${start}s`, start_interval: `${interval}s` };
}

/** Instances and the most that each may use. One instance is Compose's own default. */
export function limits(replicas: number, cpus: string, memory: string): ComposeService['deploy'] {
  return { ...(replicas === 1 ? {} : { replicas }), resources: { limits: { cpus, memory } } };
}

export const SAFE = { restart: 'unless-stopped', security_opt: ['no-new-privileges:true'] } as const;
