import { readFileSync } from 'node:fs';
import { effectsOf } from '@sysd/analysis';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';
import { failedIn } from './failed-in.ts';

const TEXT = readFileSync(new URL('../../../../examples/twitter-feed/feed.sysd', import.meta.url), 'utf8');
const plain = (design: ReturnType<typeof lowerText>['design']) => design.failed.map(({ span: _span, ...rest }) => rest);

describe('failing elements of a design', () => {
  it.each([[['us.a']], [['us']], [['api 2', 'us.b']], [['tweets', 'timelines']], [['fanout 2']]])('%j is as --fail', (fail) => {
    const { design, missing } = failedIn(lowerText(TEXT).design, fail);
    const lowered = lowerText(TEXT, { fail }).design;
    expect(missing).toEqual([]);
    expect(plain(design)).toEqual(plain(lowered));
    const told = (d: typeof design) => effectsOf(d).map(({ flow, state, reasons, share }) => ({ flow, state, reasons, share }));
    expect(told(design)).toEqual(told(lowered));
  });

  it('says what the design does not have', () => {
    const { design } = lowerText('system S\nregion us { zones: a }\nservice api { replicas: 2 in us.a }\nservice __proto__');
    const {
      found,
      missing,
      design: failed,
    } = failedIn(design, ['api', 'gone', 'us.b', 'api@eu', 'us 2', 'api 0', 'api }', '', '__proto__', 'api']);
    expect([...found.keys()]).toEqual(['api', '__proto__']);
    expect(plain(failed)).toEqual([{ element: 'api' }, { element: '__proto__' }]);
    expect(missing.map((m) => [m.text, m.reason])).toEqual([
      ['gone', 'the design has no gone'],
      ['us.b', 'the design has no us.b'],
      ['api@eu', 'there is no copy of api in eu'],
      ['us 2', 'only of a component some instances can fail; us is a place'],
      ['api 0', '0 is no number of instances'],
      ['api }', expect.stringContaining('names nothing that can fail')],
      ['', expect.stringContaining('names nothing that can fail')],
    ]);
    expect(failedIn(design, ['gone']).design).toBe(design);
  });
});
