import { expect, test } from 'vitest';
import { bringIntoSight, detailClass, fit, keepInSight, maxZoom, minZoom, pan, zoomAt } from './camera.ts';

const stage = { width: 800, height: 600 };
/** Where a point of the drawing is on the stage. */
const onStage = (camera: { x: number; y: number; zoom: number }, x: number, y: number) => [
  (x - camera.x) * camera.zoom,
  (y - camera.y) * camera.zoom,
];

test('fit shows the whole of a large drawing, in the middle', () => {
  const camera = fit({ width: 1600, height: 600 }, stage);
  expect(camera.zoom).toBe(0.5);
  expect(onStage(camera, 0, 0)).toEqual([0, 150]);
  expect(onStage(camera, 1600, 600)).toEqual([800, 450]);
});

test('fit does not enlarge a small drawing', () => {
  const camera = fit({ width: 200, height: 100 }, stage);
  expect(camera.zoom).toBe(1);
  expect(onStage(camera, 100, 50)).toEqual([400, 300]);
});

test('with a least zoom, a tall drawing shows its top', () => {
  const camera = fit({ width: 800, height: 6000 }, stage, 0.6);
  expect(camera).toMatchObject({ y: 0, zoom: 0.6 });
});

test('the point under the pointer stays when zooming, up to the limits', () => {
  let camera = { x: 30, y: -20, zoom: 0.7 };
  const at = { x: 200, y: 150 };
  const point = [camera.x + at.x / camera.zoom, camera.y + at.y / camera.zoom] as const;
  for (const factor of [1.2, 1.2, 0.3, 100, 1e-6]) {
    camera = zoomAt(camera, at, factor);
    const [x, y] = onStage(camera, ...point);
    expect(x).toBeCloseTo(at.x);
    expect(y).toBeCloseTo(at.y);
    expect(camera.zoom).toBeGreaterThanOrEqual(minZoom);
    expect(camera.zoom).toBeLessThanOrEqual(maxZoom);
  }
});

test('panning moves by pixels at any zoom, and never loses the drawing', () => {
  const drawing = { width: 1000, height: 1000 };
  expect(onStage(pan({ x: 0, y: 0, zoom: 0.25 }, 40, -10), 0, 0)).toEqual([40, -10]);
  const far = keepInSight(pan({ x: 0, y: 0, zoom: 0.5 }, 1e6, -1e6), drawing, stage);
  expect(onStage(far, 0, 1000)).toEqual([400, 300]);
});

test('a box off the stage is brought in by the least move; one on it stays', () => {
  const camera = { x: 0, y: 0, zoom: 1 };
  expect(bringIntoSight(camera, { x: 100, y: 100, width: 200, height: 80 }, stage)).toEqual(camera);
  expect(bringIntoSight(camera, { x: 900, y: 100, width: 200, height: 80 }, stage)).toEqual({ x: 324, y: 0, zoom: 1 });
  expect(bringIntoSight(camera, { x: 100, y: -300, width: 200, height: 80 }, stage)).toEqual({ x: 0, y: -324, zoom: 1 });
});

test('level of detail changes at 75, 45 and 20 per cent', () => {
  expect([1, 0.75, 0.74, 0.45, 0.44, 0.2, 0.19].map(detailClass)).toEqual([
    undefined,
    undefined,
    'zoom-75',
    'zoom-75',
    'zoom-45',
    'zoom-45',
    'zoom-20',
  ]);
});
