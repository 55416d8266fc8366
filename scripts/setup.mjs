// Installs the dependencies when they are missing or older than the lock file. Plain JavaScript for Node 20: it runs before
// the project's own Node 24 (a devDependency) is there. `npm install` with the lock file rather than `npm ci`, which refuses a registry that
// lacks the binaries of other platforms; `--no-save` leaves the lock file as it is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const stamp = 'node_modules/.sysd-setup';
const windows = process.platform === 'win32';
const run = (command, args, stdio = 'inherit') => spawnSync(command, args, { stdio, shell: windows, encoding: 'utf8' });

function stop(message) {
  console.error(`sysd: ${message}`);
  process.exit(1);
}

/** Version of the Node that scripts get, because `npm run` puts node_modules/.bin first on the path. */
function ownNode() {
  const done = run(windows ? 'node_modules\\.bin\\node' : 'node_modules/.bin/node', ['--version'], 'pipe');
  return done.status === 0 ? Number(/^v(\d+)/.exec(done.stdout)?.[1]) : 0;
}

const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const found = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
if (found !== wanted) {
  if (Number(process.versions.node.split('.')[0]) < 20) stop(`Node.js 20 or newer is needed; this is ${process.version}.`);
  console.log('Installing dependencies (first run, or the lock file changed) …');
  if (run('npm', ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund']).status !== 0) {
    stop('`npm install` failed; see above. Needed: Node.js 20 or newer, npm, and a reachable npm registry.');
  }
  // The package `node` fetches its binary in an install script, which some npm configurations leave out.
  if (ownNode() < 22) run('npm', ['rebuild', 'node']);
  if (ownNode() < 22)
    stop('the package `node` (Node 24, a devDependency) did not install its binary; run `npm rebuild node` and see what it says.');
  writeFileSync(stamp, wanted);
}
