import { describe, expect, it } from 'vitest';
import { examine } from '../test/examine.ts';
import { LANGUAGE_IDS } from './language-ids.ts';

describe('errors of the language', () => {
  for (const entry of LANGUAGE_IDS) {
    for (const example of entry.docs.avoid) {
      it(`${entry.id} is reported in its example`, () => {
        const found = examine(example.text).errors.filter((e) => e.rule === entry.id);
        expect(found.map((e) => e.severity)).toContain(entry.severity);
        if (entry.fixable) expect(found.some((e) => (e.fixes ?? []).length > 0)).toBe(true);
      });
    }
    for (const example of entry.docs.prefer) {
      it(`${entry.id}: nothing is wrong with the text of the better example`, () => {
        expect(examine(example.text).errors.map((e) => `${e.rule}: ${e.message}`)).toEqual([]);
      });
    }
  }
});
