import type { Distribution } from '../distribution.ts';

/** Draws times from a distribution as it is written down, by another way than the one under test. */
export function sample(d: Distribution, random: () => number): number {
  switch (d.kind) {
    case 'constant':
      return d.time;
    case 'exponential':
      return random() < d.probability ? -d.mean * Math.log(random()) : 0;
    case 'bounded-wait': {
      if (random() >= d.probability) return 0;
      const weights = Array.from({ length: d.places }, (_, j) => d.ratio ** j);
      let left = random() * weights.reduce((a, b) => a + b, 0);
      const ahead = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return several({ kind: 'exponential', probability: 1, mean: d.each }, ahead < 0 ? d.places : ahead + 1, random).reduce(
        (a, b) => a + b,
        0,
      );
    }
    case 'log-normal':
      // Box & Muller 1958.
      return Math.exp(d.mu + d.sigma * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));
    case 'sum':
      return d.parts.reduce((n, part) => n + sample(part, random), 0);
    case 'mixture': {
      let left = random();
      const taken = d.parts.find((part) => {
        left -= part.share;
        return left < 0;
      });
      return sample((taken ?? d.parts[0])?.of as Distribution, random);
    }
    case 'repeated':
      return several(d.of, d.times, random).reduce((a, b) => a + b, 0);
    case 'slowest':
      return Math.max(...d.parts.map((part) => sample(part, random)));
    case 'slowest-of':
      return Math.max(...several(d.of, d.times, random));
    case 'at-most':
      return Math.min(d.limit, sample(d.of, random));
  }
}

const several = (of: Distribution, times: number, random: () => number): number[] =>
  Array.from({ length: times }, () => sample(of, random));
