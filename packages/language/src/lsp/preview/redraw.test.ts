import { expect, it } from 'vitest';
import type { DesignState } from '../session/design-state.ts';
import { type GivenDrawing, givenDrawings } from './redraw.ts';

const drawingOf = (state: { readonly root: string }) => ({ state: state as DesignState }) as GivenDrawing;

it('drawings of an older text are forgotten, those of the same text and of other designs are not', () => {
  const given = givenDrawings();
  const [before, now] = [{ root: 'a' }, { root: 'a' }];
  const older = given.add(drawingOf(before));
  const other = given.add(drawingOf({ root: 'b' }));
  const [plain, failed] = [given.add(drawingOf(now)), given.add(drawingOf(now))];
  expect([older, other, plain, failed].map((id) => given.get(id)?.state.root)).toEqual([undefined, 'b', 'a', 'a']);
  expect(given.get(plain)?.state).toBe(now);
});
