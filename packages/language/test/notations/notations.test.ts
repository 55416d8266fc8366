import { absolute } from '@sysd/core';
import { expect, it } from 'vitest';
import { applyTextEdits, lowerText, textEditsOf } from '../../src/index.ts';
import { CASES as ARROWS } from './arrows.ts';
import { CASES as BOXES } from './boxes.ts';
import { CASES as CHARACTERS } from './characters.ts';
import { CASES as COMMENTS } from './comments.ts';
import { CASES as HEADERS } from './headers.ts';
import { CASES as NUMBERS } from './numbers.ts';
import { type Case, PLACES } from './places.ts';
import { CASES as PROPERTIES } from './properties.ts';
import { CASES as STATEMENTS } from './statements.ts';
import { CASES as VALUES } from './values.ts';
import { CASES as ZONES } from './zones.ts';

const uri = 'file:///design.sysd';
const ALL: readonly Case[] = [
  ...ARROWS,
  ...BOXES,
  ...CHARACTERS,
  ...COMMENTS,
  ...HEADERS,
  ...NUMBERS,
  ...PROPERTIES,
  ...STATEMENTS,
  ...VALUES,
  ...ZONES,
];

for (const [place, written, underlined, message, ...fixed] of ALL) {
  it(`${place}: ${written}`, () => {
    const text = PLACES[place](written);
    const { diagnostics, design } = lowerText(new Map([[uri, text]]));
    expect(diagnostics.map((d) => d.message)).toEqual([message]);
    const [told] = diagnostics;
    if (!told) return;
    const { start, end } = absolute(told.span);
    expect(text.slice(start, end)).toBe(underlined);
    const fixes = told.fixes ?? [];
    const made = fixes.map((fix) =>
      applyTextEdits(
        text,
        uri,
        textEditsOf(fix, design, () => text),
      ),
    );
    expect(made).toEqual(fixed.map((line) => PLACES[place](line)));
    const preferred = fixes.filter((fix) => fix.preferred).length;
    expect(fixed.length === 1 ? preferred === 1 : preferred < 2).toBe(true);
    for (const after of made) expect(lowerText(new Map([[uri, after]])).diagnostics.map((d) => d.message)).toEqual([]);
  });
}

it('nothing is said of the same designs without such a line', () => {
  for (const [name, place] of Object.entries(PLACES)) {
    const text = place(name === 'start' ? 'from users at 3/day' : '');
    expect([name, lowerText(new Map([[uri, text]])).diagnostics.map((d) => d.message)]).toEqual([name, []]);
  }
});

it.each([
  ['top', 'jobs.shape: queue', 'how it is drawn follows from what it is: remove this'],
  ['top', 'api.style.fill: red', 'how it is drawn follows from what it is: remove this'],
  ['lines', 'style.fill: red', 'a service has no property style.fill; how it is drawn follows from what it is'],
] as const)('%s: %s is removed with its line', (place, written, message) => {
  const text = PLACES[place](written);
  const { diagnostics, design } = lowerText(new Map([[uri, text]]));
  expect(diagnostics.map((d) => d.message)).toEqual([message]);
  const [fix] = diagnostics[0]?.fixes ?? [];
  expect(fix?.preferred).toBe(true);
  const edits = fix ? textEditsOf(fix, design, () => text) : [];
  expect(applyTextEdits(text, uri, edits)).toBe(text.replace(new RegExp(`^ *${written}\\n`, 'm'), ''));
});
