import { headroomOf } from '@sysd/analysis';
import { assess, lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { headroomParts } from './headroom-parts.ts';
import { tableText } from './table.ts';

const partsOf = (services: string, set: readonly string[] = []) => {
  const { design } = lowerText(
    `system S
client users { peak: 1x }
${services}
flow F from users at 100/s { users -> a -> b }
`,
    { set },
  );
  return headroomParts(headroomOf(design, assess(design).analysis.traffic)).map((p) =>
    'table' in p ? tableText(p.table) : p.lines.join('\n'),
  );
};

it('the order of saturation, and what is past its target or full', () => {
  const services = 'service a { capacity: 200/s, replicas: 2 }\nservice b { capacity: 125/s }';
  expect(partsOf(services)).toEqual([
    `First to saturate  utilisation at peak  target  at target with traffic  full with traffic
-----------------  -------------------  ------  ----------------------  -----------------
b                                 80 %    70 %                  0.875x              1.25x
a                                 25 %    70 %                    2.8x                 4x`,
    'First to saturate: b, at 1.25x the traffic. Above its target already: b.',
  ]);
  expect(partsOf(services, ['F.at=500/s'])[1]).toBe('b, a are over capacity at this traffic: b carries 0.25x of it.');
  expect(partsOf(services, ['F.at=150/s'])[1]).toBe('b is over capacity at this traffic: b carries 0.833x of it.');
});

it('nothing where nothing is sized', () => {
  expect(partsOf('service a\nservice b')).toEqual([]);
});
