import { check } from '@sysd/testkit';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const language = { rules: false };
const PLACES = 'region us { zones: a, b, c }\nregion eu { zones: a, b }\nzone dc\n';

/** Copies as `place: zone×count …`. */
function copies(text: string, id = 'x'): string[] {
  const { design, diagnostics } = lowerText(PLACES + text);
  expect(diagnostics.map((d) => d.message)).toEqual([]);
  return design.components
    .get(id)!
    .copies.map((c) => `${c.place ?? ''}: ${c.instances.map((s) => `${s.place ?? '-'}×${s.count}`).join(' ')}`.trim());
}

describe('placement', () => {
  it.each([
    ['service x', [': -×1']],
    ['service x { replicas: 4 }', [': -×4']],
    ['service x { replicas: 6 across us, eu }', [': us.a×2 us.b×1 us.c×1 eu.a×1 eu.b×1']],
    ['service x { replicas: 2 across us }', [': us.a×1 us.b×1']],
    ['service x { replicas: 3 across us.b, dc }', [': us.b×2 dc×1']],
    ['service x { replicas: 3 in us.a, us.a, us.b }', [': us.a×2 us.b×1']],
    ['service x { replicas: 3 in us.a, us.b, us.a }', [': us.a×1 us.b×1 us.a×1']],
    ['service x { replicas: 3 in us }', [': us×3']],
    ['service x { replicas: 1000000000 across us }', [': us.a×333333334 us.b×333333333 us.c×333333333']],
    ['group cell across us, eu { service x { replicas: 3 across zones } }', ['us: us.a×1 us.b×1 us.c×1', 'eu: eu.a×2 eu.b×1']],
    ['group cell across us, dc { service x { replicas: 2 } }', ['us: us×2', 'dc: dc×2']],
    ['group cell across us, dc { group inner { service x } }', ['us: us×1', 'dc: dc×1']],
  ])('%s', (text, expected) => {
    expect(copies(text)).toEqual(expected);
  });

  it('that cannot be is explained', () => {
    const { design } = check(
      `
      system S
      region us { zones: a, b }
      service v { replicas: 3 in us.a, us.b }
                            ~~~~~~~~~~~~~~~ invalid-placement: 3 replicas are placed in 2 places: name one place for each, or one for all
      service w { replicas: 3 across zones }
                                     ~~~~~ invalid-placement: "across zones" is for components of a group with copies: name the regions or zones here
      service x { replicas: 3 across us.c }
                                     ~~~~ unknown-name: nothing is called us.c, but a region or zone is due here; did you mean us.a?
      zone dc
      group cell across us, dc, us {
                                ~~ invalid-placement: there is one copy of cell per place: us is named twice
        service y { replicas: 2 across dc }
                                       ~~ invalid-placement: the group has one copy per place, so its components stand in their own: say "across zones" rather than dc
        service z { replicas: 2 in us.a }
                                   ~~~~ invalid-placement: the group has one copy per place, so its components stand in their own: say "across zones" rather than in us.a
        pinned: yes
      }
      flow F from v at 1/s { v -> y@eu }
                                    ~~ invalid-placement: there is no copy of y in eu: y has copies in us, dc
      `,
      language,
    );
    expect(design.groups.get('cell')).toMatchObject({ across: ['us', 'dc'], pinned: true });
    expect(design.components.get('y')?.group).toBe('cell');
  });

  it('regions have their zones in the order written', () => {
    const { design } = lowerText('region us "United States" { availability: 99.99%, zones: b, a }\nzone z { availability: 99% }');
    expect([...design.places].map(([id, p]) => [id, p.kind, p.region, p.zones])).toEqual([
      ['us', 'region', undefined, ['us.b', 'us.a']],
      ['us.b', 'zone', 'us', []],
      ['us.a', 'zone', 'us', []],
      ['z', 'zone', undefined, []],
    ]);
  });

  it('of a group whose head is broken: its body is read once, as its own', () => {
    const { design, diagnostics } = lowerText(
      `${PLACES}group cell across us, eu typo {\nservice a { replicas: 2 across zones }\nservice b\n}\na -> b`,
    );
    expect(diagnostics.map((d) => d.rule)).toEqual(['syntax']);
    expect([...design.components.values()].map((c) => [c.id, c.group, c.copies.length])).toEqual([
      ['a', 'cell', 2],
      ['b', 'cell', 2],
    ]);
  });
});
