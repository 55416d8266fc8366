import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANDWIDTH, COUNT, DATA, RATE, sameDimension, TIME } from './dimension.ts';
import { comparedRates, formatQuantity, formatRatio, formatTimes, groupedRate, scientific } from './format.ts';
import { parseQuantity } from './parse.ts';
import { apply, complement, operate, quantity } from './quantity.ts';
import { UNITS } from './units.ts';

const read = (text: string) => {
  const parsed = parseQuantity(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('quantities', () => {
  it.each([
    ['10', 10, COUNT],
    ['100M', 1e8, COUNT],
    ['20G', 2e10, COUNT],
    ['10/day', 10 / 86_400, RATE],
    ['2 MB/s', 2e6, BANDWIDTH],
    ['10 Gbps', 1.25e9, BANDWIDTH],
    ['3x', 3, COUNT],
    ['99.95%', 0.9995, COUNT],
    ['400 B', 400, DATA],
    ['1 KiB', 1024, DATA],
    ['5 year', 5 * 365 * 86_400, TIME],
    ['1 month', 30 * 86_400, TIME],
    ['5k/s', 5000, RATE],
    ['1B', 1, DATA],
  ] as const)('%s', (text, value, dimension) => {
    const q = read(text);
    expect(q.value).toBeCloseTo(value, 12);
    expect(sameDimension(q.dimension, dimension)).toBe(true);
  });

  it('reads ranges as intervals with a middle, the unit being both ends’', () => {
    expect(read('10..20 ms')).toMatchObject({ value: 0.015, low: 0.01, high: 0.02 });
    expect(read('80M..120M')).toMatchObject({ value: 1e8, low: 8e7, high: 1.2e8 });
    expect(read('80M..120M/s')).toMatchObject({ value: 1e8, low: 8e7, high: 1.2e8, dimension: { time: -1 } });
    expect(read('500k..2M/s')).toMatchObject({ low: 5e5, high: 2e6, dimension: { time: -1 } });
    expect(parseQuantity('20..10 ms')).toMatchObject({ ok: false });
    expect(parseQuantity('1 s..10 MB')).toMatchObject({ ok: false });
  });

  it('explains unknown units and numbers that are too large', () => {
    expect(parseQuantity('10 Mb')).toMatchObject({ ok: false, error: expect.stringContaining('did you mean "MB"?') });
    expect(parseQuantity('1e999')).toMatchObject({ ok: false });
  });

  it('checks dimensions', () => {
    expect(operate('+', read('1 MB'), read('1 s'))).toMatchObject({ ok: false, error: 'a time cannot be added to an amount of data' });
    expect(operate('*', read('10/day'), read('100M'))).toMatchObject({ ok: true, value: { value: expect.closeTo(11_574.074, 3) } });
    expect(operate('/', read('1'), read('0'))).toMatchObject({ ok: false });
    expect(apply('ceil', [read('3.2 s')])).toMatchObject({ ok: false });
    expect(apply('max', [read('1 s'), read('2 B')])).toMatchObject({ ok: false });
    expect(operate('-', read('90%'), read('10%'))).toMatchObject({ ok: true, value: { value: expect.closeTo(0.8, 12) } });
  });

  it('keeps the dimension of every product and quotient (law)', () => {
    const any = fc.tuple(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.constantFrom(...UNITS));
    fc.assert(
      fc.property(any, any, ([a, u], [b, v]) => {
        const x = quantity(a, u.dimension);
        const y = quantity(b, v.dimension);
        const product = operate('*', x, y);
        if (!product.ok) return false;
        const back = operate('/', product.value, y);
        return back.ok && sameDimension(back.value.dimension, x.dimension) && Math.abs(back.value.value - a) <= 1e-9 * a;
      }),
    );
  });

  it('prints what people read', () => {
    expect(formatQuantity(1_157_407.4, RATE)).toBe('1.16 M/s');
    expect(
      [1, 1 - 1e-9, 0.5, 1 / 60, 0.1 / 60, 1 / 86_400, 10 / 86_400, 3 / 2_592_000, 2 / 31_536_000].map((r) => formatQuantity(r, RATE)),
    ).toEqual(['1/s', '1/s', '30/min', '1/min', '6/h', '1/day', '10/day', '3/month', '2/year']);
    expect([0, 0.5 / 31_536_000, 1e-300, -0.5].map((r) => formatQuantity(r, RATE))).toEqual([
      '0/s',
      '0.5/year',
      '3.15 × 10⁻²⁹³/year',
      '-30/min',
    ]);
    expect([11_574.074, 0.1 / 60, 0].map(groupedRate)).toEqual(['11,574.07/s', '6/h', '0/s']);
    expect(comparedRates(0.926, 14.8)).toEqual(['0.926/s', '14.8/s']);
    expect(comparedRates(1 / 3600, 0)).toEqual(['1/h', '0/h']);
    expect(formatQuantity(999_960, COUNT)).toBe('1 M');
    expect(formatQuantity(200.4e12, DATA, 4)).toBe('200.4 TB');
    expect(formatQuantity(0.01, TIME)).toBe('10 ms');
    expect(formatQuantity(500, DATA)).toBe('500 B');
    expect(formatQuantity(2000, DATA)).toBe('2 KB');
    expect(formatRatio(1.36)).toBe('136 %');
    expect(formatRatio(0.032)).toBe('3.2 %');
    expect([0, 1e-5, 9.9e-6, 2.7e-11].map(formatRatio)).toEqual(['0 %', '0.001 %', '< 0.001 %', '< 0.001 %']);
    expect([13.6, 24_012, 3e20].map(formatRatio)).toEqual(['13.6×', '24,000×', '3 × 10²⁰×']);
    expect([0.999, 16_812, 3e6].map(formatTimes)).toEqual(['0.999x', '16,800x', '3,000,000x']);
    expect([1.9e-15, 1.9e-10, 3.1536e7 * 2.5, 1e30].map((s) => formatQuantity(s, TIME))).toEqual([
      '1.9 × 10⁻¹⁵ s',
      '0.19 ns',
      '2.5 year',
      '3.17 × 10²² year',
    ]);
  });
});

it('what is left of a share is the number that one would write', () => {
  expect([0.999, 0.9, 0.99995, 0.999999999, 0, 1, 0.5].map(complement)).toEqual([0.001, 0.1, 0.00005, 0.000000001, 1, 0, 0.5]);
  expect(complement(1 / 3)).toBe(1 - 1 / 3);
  expect(complement(1e-9)).toBe(1 - 1e-9);
});

it('writes very large and very small numbers as powers of ten, without zeros that say nothing', () => {
  expect(scientific(5.76e25, 4)).toBe('5.76 × 10²⁵');
  expect(scientific(1.2345e-5, 3)).toBe('1.23 × 10⁻⁵');
  expect(scientific(1e6, 3)).toBe('10⁶');
  expect(formatQuantity(0.0009999999999998899, COUNT, 6)).toBe('0.001');
  expect(formatQuantity(1.73611e-4, COUNT)).toBe('1.74 × 10⁻⁴');
});

it('has exabytes, and powers of ten for what is more and for plain numbers', () => {
  expect([2.803e18, 1e21].map((n) => formatQuantity(n, DATA))).toEqual(['2.8 EB', '10²¹ B']);
  expect(formatQuantity(2.803e18, COUNT)).toBe('2.8 × 10¹⁸');
});
