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
}

/** Compose replaces `$NAME` in every value: a dollar that is meant is written twice. */
export const literal = (text: string): string => text.replaceAll('$', '$$$$');

/** A check every few seconds; `start` is how long the service may take to come up before failures count. */
export function check(test: readonly string[], start = 20, interval = 3): Healthcheck {
  return { test: test.map(literal), interval: `${interval}s`, timeout: '5s', retries: 10, start_period: `${start}s` };
}

/** Instances and the most that each may use. One instance is Compose's own default. */
export function limits(replicas: number, cpus: string, memory: string): ComposeService['deploy'] {
  return { ...(replicas === 1 ? {} : { replicas }), resources: { limits: { cpus, memory } } };
}

export const SAFE = { restart: 'unless-stopped', security_opt: ['no-new-privileges:true'] } as const;
