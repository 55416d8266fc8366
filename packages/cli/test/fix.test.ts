import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { check } from '../src/commands/check.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sysd-fix-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file, has it fixed, and gives its text with what was said. */
function fix(text: string, name = 'a.sysd') {
  const path = join(folder, name);
  writeFileSync(path, text);
  const answer = check([path], { format: 'text', failOn: 'error', fix: true });
  return { answer, text: readFileSync(path, 'utf8') };
}

it('makes what has one right fix: first of the text, then of the design', () => {
  const { text, answer } = fix(
    'system My Shop\nclient users { daily-active: 1 million }\nservice api {\n  replicas = 2\n  health: http "/h"\n}\ndatabase db\nflow F from users at 10/day each {\n  users --> api\n  api -> db: "reads"\n}\n',
  );
  expect(text).toBe(
    'system MyShop "My Shop"\nclient users { daily-active: 1M }\nservice api {\n  replicas: 2\n  health: http "/h"\n}\ndatabase db { replicas: 3, failover: automatic }\nflow F from users at 10/day each {\n  users -> api\n  api -> db read\n}\n',
  );
  expect(answer.code).toBe(0);
  expect(answer.notes[0]).toMatch(/^fixed .*a\.sysd:1: system My Shop → system MyShop "My Shop" \(syntax\)$/);
  expect(answer.notes.at(-1)).toMatch(/:7: Run 3 replicas of db \(single-point-of-failure\)$/);
});

it('leaves findings alone while the text has an error that nobody can fix, and files that need nothing untouched', () => {
  const broken = 'system S\nclient u\nservice a\nflow F from u at 1/s { u -> a -> nowhere-near }\n';
  expect(fix(broken).text).toBe(broken);
  const clean = 'system S\nclient u\nservice a { replicas: 2, health: http "/h" }\n';
  writeFileSync(join(folder, 'b.sysd'), clean);
  chmodSync(join(folder, 'b.sysd'), 0o400);
  expect(check([join(folder, 'b.sysd')], { format: 'text', failOn: 'never', fix: true }).notes).toEqual([]);
});

it('leaves out only the fix that would add errors, and says which and why', () => {
  const { text, answer } = fix('system S\nservice a { replicas = x + y }\nservice b { replicas = 2 }\nservice c { memry: 2 GB }\n');
  expect(text).toBe('system S\nservice a { replicas = x + y }\nservice b { replicas: 2 }\nservice c { memory: 2 GB }\n');
  expect(answer.notes.map((n) => n.replace(/ \S*a\.sysd/, ''))).toEqual([
    'fixed:3: replicas = → replicas: (syntax)',
    'fixed:4: memry → memory (unknown-property)',
    'not fixed:2: replicas = → replicas: (syntax), as the text would then have another error: nothing called x has a number: an expression may use a let, component.property or the name of a flow',
  ]);
  expect(answer.code).toBe(1);
});

it('fixes what a design imports, keeps permissions and links, and leaves nothing beside the files', () => {
  const path = join(folder, 'parts.sysd');
  writeFileSync(path, 'service api { replicas = 2 }\n');
  chmodSync(path, 0o640);
  symlinkSync(path, join(folder, 'link.sysd'));
  fix('import "./link.sysd"\nsystem S\n');
  expect(readFileSync(path, 'utf8')).toBe('service api { replicas: 2 }\n');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(lstatSync(join(folder, 'link.sysd')).isSymbolicLink()).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['a.sysd', 'link.sysd', 'parts.sysd']);
});

it('does nothing more the second time', () => {
  const once = fix('system S\nclient u\ndatabase db\nflow F from u at 1/s { u -> db }\n').text;
  expect(fix(once).text).toBe(once);
});

it.each([{ scenario: 'x' }, { set: ['a.b=1'] }, { fail: ['a'] }, { traffic: 2 }])(
  'changes the design as it is written only: %j',
  (option) => {
    writeFileSync(join(folder, 'a.sysd'), 'system S\nservice a { replicas = 2 }\n');
    expect(() => check([folder], { format: 'text', failOn: 'error', fix: true, ...option })).toThrow(
      /--fix changes the design as it is written/,
    );
    expect(readFileSync(join(folder, 'a.sysd'), 'utf8')).toContain('replicas = 2');
  },
);

it('keeps what a rate means, and asks the author what a name means that may be several things', () => {
  const { text, answer } = fix(
    'system S\nclient u { daily-active: 1M }\nservice a\nqueue jobs { size: 10k }\nservice b { instances: 4, count: 3 }\nflow F from u at 1 each/day {\n  u -> a\n}\n',
  );
  expect(text).toContain('at 1/day each {');
  expect(text).toContain('queue jobs { size: 10k }\nservice b { instances: 4, count: 3 }\n');
  expect(answer.notes.map((n) => n.replace(/ \S*a\.sysd/, ''))).toEqual(['fixed:6: 1 each/day → 1/day each (syntax)']);
});
