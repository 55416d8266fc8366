import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lowerText } from '@sysd/language';
import { afterAll, describe, expect, it } from 'vitest';
import { csv } from '../src/csv.ts';
import { estimateAnswer } from '../src/estimate-answer.ts';
import { sysdFiles } from '../src/files.ts';
import { estimateMarkdown } from '../src/formatters/estimate-markdown.ts';
import { estimateText } from '../src/formatters/estimate-text.ts';
import { writeFolder } from '../src/write.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-write-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a folder of an export', () => {
  const secret = { path: 'secrets/password.txt', content: 'x', secret: true };

  it('that is a link to another place is not written through', () => {
    const [out, elsewhere] = [join(scratch, 'out'), join(scratch, 'elsewhere')];
    mkdirSync(out);
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(out, 'secrets'));
    expect(() => writeFolder(out, [secret], { force: true, isOurs: () => false })).toThrow(
      /is a link to another place; nothing was written/,
    );
    expect(existsSync(join(elsewhere, 'password.txt'))).toBe(false);
  });

  it('with secrets is closed to others, also where it was there before', () => {
    const out = join(scratch, 'open');
    mkdirSync(join(out, 'secrets'), { recursive: true, mode: 0o755 });
    writeFolder(out, [secret], { force: false, isOurs: () => false });
    expect(statSync(join(out, 'secrets')).mode & 0o777).toBe(0o700);
  });
});

it('text that a spreadsheet would take for a formula is text', () => {
  expect(csv([["=cmd|' /C calc'!A0", -1, 'a->b']])).toBe("'=cmd|' /C calc'!A0,-1,a->b\n");
});

it('control characters of a title reach no terminal', () => {
  const { design } = lowerText('system Q "a\u001b[31mRED"\nclient u\nservice a\nflow F from u at 1/s {\n  u -> a\n}\n');
  const answer = estimateAnswer(design);
  for (const text of [estimateText(answer, { explain: false }), estimateMarkdown(answer, { explain: true })]) {
    expect(text).toContain('RED');
    expect(text).not.toContain('\u001b');
  }
});

it('a path that cannot be looked at is said, not thrown', () => {
  expect(() => sysdFiles([`${'x'.repeat(5000)}.sysd`])).toThrow(/cannot be read: ENAMETOOLONG/);
});
