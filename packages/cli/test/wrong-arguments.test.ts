import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../dist/sysd.js'); // built by `npm run build`, which `npm test` runs first
const scratch = mkdtempSync(join(tmpdir(), 'sysd-arguments-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

writeFileSync(join(scratch, 'shop.sysd'), 'system Shop\nservice api\n');
writeFileSync(join(scratch, 'shop.txt'), 'system Shop\n');
writeFileSync(join(scratch, 'latin.sysd'), Buffer.from('system Shop\n// caf\xe9\n', 'latin1'));
writeFileSync(join(scratch, 'wide.sysd'), Buffer.from('\ufeffsystem Shop\n', 'utf16le'));
writeFileSync(join(scratch, 'program.sysd'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2]));
writeFileSync(join(scratch, 'marked.sysd'), '\ufeffsystem Shop\n');
mkdirSync(join(scratch, 'empty'));
mkdirSync(join(scratch, 'two'));
for (const name of ['a', 'b']) writeFileSync(join(scratch, 'two', `${name}.sysd`), `system ${name.toUpperCase()}\nservice s\n`);

/** What is typed, and what stands in the first lines of the error output. All of them could not run: exit code 2. */
const WRONG: readonly [typed: string, told: string][] = [
  ['chekc shop.sysd', "error: unknown command 'chekc'\n(Did you mean check?)"],
  ['shop.sysd', "error: unknown command 'shop.sysd'\n(Did you mean sysd check shop.sysd?)"],
  ['lint shop.sysd', "error: unknown command 'lint'\n(Did you mean sysd check?)"],
  ['draw shop.sysd', "error: unknown command 'draw'\n(Did you mean sysd render?)"],
  ['export shop.sysd', "error: unknown command 'shop.sysd'\n(Did you mean sysd export compose shop.sysd --out FOLDER?)"],
  ['export compsoe shop.sysd', "error: unknown command 'compsoe'\n(Did you mean compose?)"],
  ['check --fromat json shop.sysd', "error: unknown option '--fromat'\n(Did you mean --format?)"],
  ['estimate --fix shop.sysd', "error: unknown option '--fix'\n(Did you mean sysd check --fix?)"],
  ['check nothing.sysd', 'sysd: there is no file or folder nothing.sysd\n'],
  ['check shop', 'sysd: there is no file or folder shop; did you mean shop.sysd?\n'],
  ['check shpo.sysd', 'sysd: there is no file or folder shpo.sysd; did you mean shop.sysd?\n'],
  ['check two/c/a.sysd', 'sysd: there is no file or folder two/c/a.sysd\n'],
  ['check two/aa.sysd', 'sysd: there is no file or folder two/aa.sysd; did you mean two/a.sysd?\n'],
  ['check -', 'sysd: there is no file or folder -: sysd reads files and not the standard input\n'],
  ['check shop.txt', 'sysd: shop.txt is no .sysd file: sysd reads designs written in files named *.sysd\n'],
  ['check empty', 'sysd: no .sysd file in empty\n'],
  ['check latin.sysd', 'sysd: latin.sysd is not UTF-8 text, perhaps Latin-1 or Windows-1252: save it as UTF-8\n'],
  ['check wide.sysd', 'sysd: wide.sysd is UTF-16 text: save it as UTF-8\n'],
  ['check program.sysd', 'sysd: program.sysd is a binary file, not the text of a design\n'],
  ['estimate latin.sysd', 'sysd: latin.sysd is not UTF-8 text'],
  ['render two', 'sysd: two holds 2 designs; name one of them: two/a.sysd, two/b.sysd\n'],
  ['render two/a.sysd two/b.sysd', "error: too many arguments for 'render'. Expected 1 argument but got 2"],
  ['report', "error: missing required argument 'file'\n"],
];

it.each(WRONG)('sysd %s', (typed, told) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...typed.split(' ')], { cwd: scratch, encoding: 'utf8' });
  expect(stderr.slice(0, told.length)).toBe(told);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

it('reads a text that begins with a byte order mark', () => {
  const { status, stderr } = spawnSync(process.execPath, [main, 'check', 'marked.sysd'], { cwd: scratch, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
