import { overview } from '@sysd/diagram';
import { lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { layoutOverview } from './overview-layout.ts';

const boxes = (n: number) =>
  overview(lowerText(`system S\n${Array.from({ length: n }, (_, i) => `service s${i}`).join('\n')}`).design, { findings: [] });

it('lays a very large design out in a plain grid at once, and says so', async () => {
  const { simple } = await layoutOverview(boxes(401));
  expect(simple).toBe('a layout of 401 boxes takes too long; groups in the design would be drawn as one box each');
  expect((await layoutOverview(boxes(3))).simple).toBeUndefined();
});
