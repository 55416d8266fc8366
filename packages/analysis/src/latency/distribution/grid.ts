import { type Complex, rootsOf, transform, zeros } from './fourier.ts';

/** Points of a grid: a power of two. */
export const POINTS = 4096;
/** Frequencies that say all of a real sequence of `POINTS` numbers. */
export const FREQUENCIES = POINTS / 2 + 1;

/**
 * Sequences are damped by e^(−20·k/n) before they are transformed: what a convolution carries beyond the end of the grid then comes back at its
 * beginning with e^−20 = 2·10⁻⁹ of its weight, so that all that lies on the grid is right whatever lies beyond it.
 * Source: Grübel & Hermesmeier, Computation of Compound Distributions I: Aliasing Errors and Exponential Tilting, ASTIN Bulletin 29(2), 1999.
 */
const DAMPING = 20 / POINTS;

const DAMPED = Float64Array.from({ length: POINTS }, (_, k) => Math.exp(-DAMPING * k));

/** A grid over the times 0, h, 2h, … with step h in s. */
export interface Grid {
  readonly step: number;
}

/** The damped transform of a sequence of masses at the points: `POINTS` numbers, which it takes over. */
export function spectrumOf(masses: Float64Array): Complex {
  for (let k = 0; k < POINTS; k++) masses[k] = (masses[k] as number) * (DAMPED[k] as number);
  const all = { re: masses, im: new Float64Array(POINTS) };
  transform(all, 'forward');
  return { re: all.re.slice(0, FREQUENCIES), im: all.im.slice(0, FREQUENCIES) };
}

/** The masses at the points, from their damped transform. Rounding leaves no negative ones. */
export function massesOf({ re, im }: Complex): Float64Array {
  const all = zeros(POINTS);
  for (let m = 0; m < FREQUENCIES; m++) {
    all.re[m] = re[m] as number;
    all.im[m] = im[m] as number;
    if (m > 0 && m < FREQUENCIES - 1) {
      all.re[POINTS - m] = re[m] as number;
      all.im[POINTS - m] = -(im[m] as number);
    }
  }
  transform(all, 'inverse');
  const masses = all.re;
  for (let k = 0; k < POINTS; k++) masses[k] = Math.max(0, (masses[k] as number) / POINTS / (DAMPED[k] as number));
  return masses;
}

/** Running sums, in place. */
export function cumulative(masses: Float64Array): Float64Array {
  let sum = 0;
  for (let k = 0; k < POINTS; k++) {
    sum += masses[k] as number;
    masses[k] = sum;
  }
  return masses;
}

/** Differences, in place: the masses of a distribution function. */
export function differences(cdf: Float64Array): Float64Array {
  for (let k = POINTS - 1; k > 0; k--) cdf[k] = (cdf[k] as number) - (cdf[k - 1] as number);
  return cdf;
}

/** The generating function's argument at each frequency: e^(−d − 2πi·m/n), with d the damping. */
const ARGUMENTS: Complex = (() => {
  const { cos, sin } = rootsOf(POINTS);
  const z = zeros(FREQUENCIES);
  const size = Math.exp(-DAMPING);
  for (let m = 0; m < FREQUENCIES; m++) {
    z.re[m] = size * (cos[m] as number);
    z.im[m] = -size * (sin[m] as number);
  }
  return z;
})();

/**
 * Multiplies by the spectrum of a constant delay (points, 0 or more, whole or not), which is dealt to the two points around it so that the mean
 * is right, and by a factor.
 */
export function addDelayed(into: Complex, spectrum: Complex | undefined, delay: number, factor: number): void {
  const whole = Math.floor(delay);
  const part = delay - whole;
  const size = Math.exp(-DAMPING * whole) * factor;
  if (size === 0) return;
  const { cos, sin } = rootsOf(POINTS);
  const turn = whole % POINTS;
  for (let m = 0; m < FREQUENCIES; m++) {
    const at = (m * turn) % POINTS;
    const [c, s] = [size * (cos[at] as number), -size * (sin[at] as number)];
    const [x, y] = [1 - part + part * (ARGUMENTS.re[m] as number), part * (ARGUMENTS.im[m] as number)];
    const [a, b] = [c * x - s * y, c * y + s * x];
    const [u, v] = spectrum ? [spectrum.re[m] as number, spectrum.im[m] as number] : [1, 0];
    into.re[m] = (into.re[m] as number) + a * u - b * v;
    into.im[m] = (into.im[m] as number) + a * v + b * u;
  }
}

/** into × by, in place. */
export function multiply(into: Complex, by: Complex): void {
  for (let m = 0; m < into.re.length; m++) {
    const [a, b, c, d] = [into.re[m] as number, into.im[m] as number, by.re[m] as number, by.im[m] as number];
    into.re[m] = a * c - b * d;
    into.im[m] = a * d + b * c;
  }
}

/** The n-th power, n a whole number from 1: by repeated squaring. */
export function power(spectrum: Complex, n: number): Complex {
  const result = zeros(FREQUENCIES);
  for (let m = 0; m < FREQUENCIES; m++) {
    let [x, y] = [1, 0];
    let [a, b] = [spectrum.re[m] as number, spectrum.im[m] as number];
    for (let left = n; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) [x, y] = [x * a - y * b, x * b + y * a];
      [a, b] = [a * a - b * b, 2 * a * b];
    }
    result.re[m] = x;
    result.im[m] = y;
  }
  return result;
}

/** A copy. */
export function copyOf({ re, im }: Complex): Complex {
  return { re: re.slice(), im: im.slice() };
}

/**
 * Masses 0 with 1 − p, else exponential, in closed form: rounded down to the grid it is geometric with r = e^(−h/mean), and what rounding takes
 * from the mean, less than h, is given back as a delay.
 */
export function exponentialSpectrum({ step }: Grid, probability: number, mean: number): Complex {
  const spectrum = zeros(FREQUENCIES);
  const r = Math.exp(-step / mean);
  const rest = -Math.expm1(-step / mean);
  const part = Math.min(1, Math.max(0, mean / step - r / rest));
  for (let m = 0; m < FREQUENCIES; m++) {
    const [a, b] = [ARGUMENTS.re[m] as number, ARGUMENTS.im[m] as number];
    const [x, y] = [1 - r * a, -r * b];
    const size = x * x + y * y;
    const [u, v] = [(rest * x) / size, (-rest * y) / size];
    const [c, d] = [1 - part + part * a, part * b];
    spectrum.re[m] = 1 - probability + probability * (u * c - v * d);
    spectrum.im[m] = probability * (u * d + v * c);
  }
  return spectrum;
}
