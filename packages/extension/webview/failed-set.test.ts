import { expect, test } from 'vitest';
import { FailedSet } from './failed-set.ts';

test('a click fails, the next restores, undo goes back one step at a time', () => {
  const set = new FailedSet();
  set.toggle('us.a', []);
  set.toggle('api', []);
  expect(set.failed).toEqual(['us.a', 'api']);
  set.toggle('us.a', ['us.a']);
  expect(set.failed).toEqual(['api']);
  set.undo();
  expect(set.failed).toEqual(['us.a', 'api']);
  set.undo();
  set.undo();
  expect([set.failed, set.canUndo]).toEqual([[], false]);
  set.undo();
  expect(set.failed).toEqual([]);
});

test('a click on an element of which a part is down restores it', () => {
  const set = new FailedSet(['us.a', 'api 2']);
  set.toggle('api', ['api 2']);
  expect(set.failed).toEqual(['us.a']);
  // The answer about the first click may not be there yet.
  set.toggle('api', []);
  set.toggle('api', []);
  expect(set.failed).toEqual(['us.a']);
});

test('how much fails can be changed, and all be restored and brought back', () => {
  const set = new FailedSet(['api', 'db']);
  set.replace('api', 'api 1');
  expect(set.failed).toEqual(['api 1', 'db']);
  set.replace('api 1', 'db');
  expect(set.failed).toEqual(['db']);
  set.restoreAll();
  set.restoreAll();
  expect(set.failed).toEqual([]);
  set.undo();
  expect(set.failed).toEqual(['db']);
});

test('what has left the design does not come back with undo', () => {
  const set = new FailedSet();
  set.toggle('gone', []);
  set.toggle('api', []);
  set.forget(['gone']);
  expect(set.failed).toEqual(['api']);
  set.undo();
  expect(set.failed).toEqual([]);
  set.reset(['us']);
  expect([set.failed, set.canUndo]).toEqual([['us'], false]);
});
