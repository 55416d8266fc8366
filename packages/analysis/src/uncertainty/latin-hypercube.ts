/**
 * A Latin hypercube sample of the unit cube: n points, of which each of n equal slices of every dimension holds exactly one, at a random
 * place in it (McKay, Beckman and Conover, Technometrics 21 (1979), 239–245). The same seed gives the same points.
 */
export function latinHypercube(points: number, dimensions: number, seed: number): number[][] {
  const random = randomNumbers(seed);
  const columns = Array.from({ length: dimensions }, () => {
    const slices = Array.from({ length: points }, (_, i) => i);
    for (let i = points - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [slices[i], slices[j]] = [slices[j] as number, slices[i] as number];
    }
    return slices.map((slice) => (slice + random()) / points);
  });
  return Array.from({ length: points }, (_, i) => columns.map((column) => column[i] as number));
}

/** Seeded uniform numbers in (0, 1): mulberry32 (T. Ettinger, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}
