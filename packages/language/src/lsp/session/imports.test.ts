import { expect, it } from 'vitest';
import { files } from './files.ts';
import { importersOf, outlookOf, rootsOf } from './imports.ts';

const TEXTS: Record<string, string> = {
  'file:///w/shop.sysd': 'import "./orders.sysd"\nsystem Shop "x"\n',
  'file:///w/orders.sysd': '// import "./no.sysd"\nimport "./platform.sysd"; import "./a%20b.sysd"\r\nregion r { zones: a }\n',
  'file:///w/platform.sysd': 'service system-x\n',
  'file:///w/circle.sysd': 'import "./circle.sysd"\n',
};

it('finds the designs to which a file belongs', () => {
  const all = files((uri) => TEXTS[uri]);
  const importers = importersOf(Object.keys(TEXTS), all.read);
  const roots = (name: string) => rootsOf(`file:///w/${name}.sysd`, importers, all.read);
  expect(roots('platform')).toEqual(['file:///w/shop.sysd']);
  expect(roots('orders')).toEqual(['file:///w/shop.sysd']);
  expect(roots('shop')).toEqual(['file:///w/shop.sysd']);
  expect(roots('circle')).toEqual([]);
  expect(roots('gone')).toEqual([]);
});

it('reads imports and the system off the lines', () => {
  const all = files((uri) => TEXTS[uri]);
  expect(outlookOf(all.read('file:///w/orders.sysd')!)).toEqual({
    imports: ['file:///w/platform.sysd', 'file:///w/a%20b.sysd'],
    system: false,
  });
  expect(outlookOf(all.read('file:///w/shop.sysd')!).system).toBe(true);
});

it('an open document says the same as on disk, and what it says now after an edit', () => {
  const all = files((uri) => TEXTS[uri]);
  for (const [uri, text] of Object.entries(TEXTS)) {
    const onDisk = outlookOf(all.read(uri)!);
    expect(outlookOf(all.open(uri, 1, text))).toEqual(onDisk);
  }
  const line = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  expect(outlookOf(all.change('file:///w/shop.sysd', 2, [{ range: line, text: 'service a\n' }])!)).toEqual({
    imports: ['file:///w/orders.sysd'],
    system: false,
  });
});
