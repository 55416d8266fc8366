import { assess, lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { headroomText } from './headroom-text.ts';

const textOf = (services: string, set: readonly string[] = []) => {
  const { design } = lowerText(
    `system S
client users { peak: 1x }
${services}
flow F from users at 100/s { users -> a -> b }
`,
    { set },
  );
  return headroomText(design, assess(design).analysis);
};

it('the order of saturation, and what is past its target or full', () => {
  const services = 'service a { capacity: 200/s, replicas: 2 }\nservice b { capacity: 125/s }';
  expect(textOf(services)).toBe(`First to saturate  utilisation  target  at target with traffic  full with traffic
-----------------  -----------  ------  ----------------------  -----------------
b                         80 %    70 %                  0.875x              1.25x
a                         25 %    70 %                    2.8x                 4x
First to saturate: b, at 1.25x the traffic. Above its target already: b.`);
  expect(textOf(services, ['F.at=500/s'])?.split('\n').at(-1)).toBe('b, a are over capacity at this traffic: b carries 0.25x of it.');
  expect(textOf(services, ['F.at=150/s'])?.split('\n').at(-1)).toBe('b is over capacity at this traffic: b carries 0.833x of it.');
});

it('nothing where nothing is sized', () => {
  expect(textOf('service a\nservice b')).toBeUndefined();
});
