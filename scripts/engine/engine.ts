// A container engine to run compose projects in: the private one of engine.sh where that runs, else the machine's Docker.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Engine {
  /** In words, for the output. */
  readonly name: string;
  /** The command line of Compose, without a subcommand. */
  readonly compose: readonly string[];
  /** Where images come from: `never` where all that there are were built. */
  readonly pull: 'never' | 'missing';
  readonly env: NodeJS.ProcessEnv;
  /** Stops it, if this process started it and nobody else runs something in it by now. */
  readonly stop: () => void;
}

export interface Unavailable {
  readonly why: string;
}

const script = join(import.meta.dirname, 'engine.sh');
const CANNOT = 3;

/** Starts an engine, or says why there is none. The first start builds images, which takes minutes. @throws when building fails. */
export function startEngine(): Engine | Unavailable {
  const before = spawnSync(script, ['status'], { encoding: 'utf8' });
  const running = before.stdout.startsWith('running');
  const up = spawnSync(script, ['up'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (up.status === 0) {
    const exports = new Map([...up.stdout.matchAll(/(\w+)=(\S+)/g)].map((match) => [match[1]!, match[2]!]));
    const path = exports.get('PATH')!.replace('$PATH', process.env.PATH ?? '');
    const env = { ...process.env, PATH: path, DOCKER_HOST: exports.get('DOCKER_HOST')! };
    return {
      name: 'the private engine (images built from Debian packages)',
      compose: ['docker-compose'],
      pull: 'never',
      env,
      stop: () => {
        const others = spawnSync('docker', ['ps', '--quiet'], { env, encoding: 'utf8' }).stdout.trim() !== '';
        if (!running && !others) spawnSync(script, ['down'], { stdio: 'inherit' });
      },
    };
  }
  process.stderr.write(up.stderr);
  if (up.status !== CANNOT) throw new Error(`${script} up failed with ${up.status}`);
  const docker = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
  const info = spawnSync('docker', ['info'], { encoding: 'utf8' });
  if (docker.status === 0 && info.status === 0) {
    return {
      name: "this machine's Docker (upstream images)",
      compose: ['docker', 'compose'],
      pull: 'missing',
      env: process.env,
      stop: () => {},
    };
  }
  const said = up.stderr.trim().split('\n').at(-1) ?? '';
  return { why: `${said.replace(/^engine: not run: /, '')} There is no Docker here either.` };
}
