import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSysd } from './format.ts';

const library = join(import.meta.dirname, '../library');

describe('formatting', () => {
  it('keeps an empty line below a comment', () => {
    const text = '// About the file.\n\n/// About the system.\nsystem S\n';
    expect(formatSysd(text)).toBe(text);
    expect(formatSysd('// a\n\n\n\n// b\n\n')).toBe('// a\n\n// b\n');
  });

  it('keeps the space around the dots of two numbers, without which they would be one', () => {
    expect(formatSysd('let a = 10  ..20 ms\nlet b = c .. d\nlet e = 1..2 s\n')).toBe('let a = 10 .. 20 ms\nlet b = c..d\nlet e = 1..2 s\n');
  });

  it('lines up neighbouring declarations, bodies, constants and comments', () => {
    const text = [
      'system Feed',
      '',
      '',
      'let followers=200 // average',
      'let photo-share   = 10%',
      '',
      'dns names:route53',
      'cdn edge : cloudfront {hit-ratio:95% ,ttl:1 h}',
      'loadbalancer lb: haproxy { layer:7 }',
      '',
      'service api "API" {',
      'replicas : 60 across us',
      '      cpu-time: 10   ms    // CPU of one request',
      '  health: http "/h"   every 5 s  // probe',
      '}',
      'flow Read from users at 1000/day each {',
      'users -> names->lb -> api',
      '-> cache read 20 KB * ceil( 3.2 )',
      '}',
      '',
    ].join('\n');
    expect(formatSysd(text)).toBe(
      [
        'system Feed',
        '',
        'let followers   = 200  // average',
        'let photo-share = 10%',
        '',
        'dns          names: route53',
        'cdn          edge: cloudfront { hit-ratio: 95%, ttl: 1 h }',
        'loadbalancer lb: haproxy      { layer: 7 }',
        '',
        'service api "API" {',
        '  replicas: 60 across us',
        '  cpu-time: 10 ms              // CPU of one request',
        '  health: http "/h" every 5 s  // probe',
        '}',
        'flow Read from users at 1000/day each {',
        '  users -> names -> lb -> api',
        '    -> cache read 20 KB * ceil(3.2)',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('leaves broken text alone', () => {
    expect(formatSysd('service api {\n')).toBeUndefined();
    expect(formatSysd('}\n')).toBeUndefined();
    expect(formatSysd("service 'api'\n")).toBeUndefined();
  });

  it.each(readdirSync(library))('%s: formatting twice is formatting once', (file) => {
    const once = formatSysd(readFileSync(join(library, file), 'utf8'));
    expect(once).toBeDefined();
    expect(formatSysd(once ?? '')).toBe(once);
  });

  it('never throws, and its result is stable (law)', () => {
    const piece = fc.constantFrom(
      'service',
      'api',
      ' ',
      '  ',
      '\n',
      '{',
      '}',
      ':',
      ',',
      '10 ms',
      '"x"',
      '// c',
      '->',
      '(',
      ')',
      '=',
      'let',
      'x',
      '3',
      '*',
      '|',
      '\t',
      '..',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const once = formatSysd(pieces.join(''));
        return once === undefined || formatSysd(once) === once;
      }),
      { numRuns: 500 },
    );
  });
});
