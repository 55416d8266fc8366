/** Complex numbers: real and imaginary parts side by side. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(size: number): Complex {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/**
 * Discrete Fourier transform in place, X(m) = Σ x(k)·e^(∓2πi·km/n), minus for `forward`; the inverse is not divided by n. The size is a power
 * of two. Source: Cooley & Tukey, Math. Comp. 19, 1965.
 */
export function transform({ re, im }: Complex, direction: 'forward' | 'inverse'): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  const { cos, sin } = rootsOf(n);
  const sign = direction === 'forward' ? -1 : 1;
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const step = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const c = cos[k * step] as number;
        const s = sign * (sin[k * step] as number);
        const [a, b] = [start + k, start + k + half];
        const [x, y] = [re[b] as number, im[b] as number];
        const [u, v] = [x * c - y * s, x * s + y * c];
        re[b] = (re[a] as number) - u;
        im[b] = (im[a] as number) - v;
        re[a] = (re[a] as number) + u;
        im[a] = (im[a] as number) + v;
      }
    }
  }
}

function swap(list: Float64Array, i: number, j: number): void {
  const kept = list[i] as number;
  list[i] = list[j] as number;
  list[j] = kept;
}

interface Roots {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

const roots = new Map<number, Roots>();

/** e^(2πi·k/n) for k < n: always the same numbers, so keeping them changes nothing. */
export function rootsOf(n: number): Roots {
  const known = roots.get(n);
  if (known) return known;
  const made = { cos: new Float64Array(n), sin: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    made.cos[k] = Math.cos((2 * Math.PI * k) / n);
    made.sin[k] = Math.sin((2 * Math.PI * k) / n);
  }
  roots.set(n, made);
  return made;
}
