// Installs the dependencies when they are missing or older than the lock file. Plain JavaScript for Node 20: it runs before
// the project's own Node 24 (a devDependency) is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

const stamp = 'node_modules/.sysd-setup';
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const found = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
if (found !== wanted) {
  console.log('Installing dependencies (first run, or the lock file changed) …');
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error('sysd: `npm ci` failed; see above. Needed: Node.js 20 or newer, npm, and a reachable npm registry.');
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
