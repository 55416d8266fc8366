/** A scale of an axis. */
export interface Axis {
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
}

/** Share of the way from the lower end of an axis to its upper end. */
export function positionOn({ log, low, high }: Axis, value: number): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Values to label: powers of ten on a logarithmic axis (with 2 and 5 between them where there are few), else round steps. */
export function ticksOf(axis: Axis): number[] {
  return axis.log ? logTicks(axis) : linearTicks(axis);
}

function logTicks({ low, high }: Axis): number[] {
  const decades = Math.log10(high / low);
  const between = decades <= 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(decades / 6));
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(low) + 1e-9);
  for (let power = first; power <= Math.log10(high) + 1e-9; power++) {
    if (between.length === 1 && (power - first) % every !== 0) continue;
    for (const step of between) {
      const value = Number(`${step}e${power}`);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks;
}

/** A step is a fifth of the axis or more. */
const MOST_TICKS = 8;

function linearTicks({ low, high }: Axis): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((s) => s * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  const first = Math.ceil(low / step - 1e-9);
  // Never more than fit: where the values differ in their last digits only, adding 1 to the first changes nothing.
  const count = Math.min(MOST_TICKS, Math.floor((high + step * 1e-9) / step) - first + 1);
  for (let k = 0; k < count; k++) ticks.push(Number(((first + k) * step).toPrecision(12)));
  return ticks;
}

/** An axis that holds all values, with a little room on a logarithmic one; logarithmic where asked and all values are above 0. */
export function axisOver(values: readonly number[], wantsLog: boolean): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const log = wantsLog && low > 0;
  if (log) return low === high ? { log, low: low / 2, high: high * 2 } : { log, low, high };
  const from = Math.min(0, low);
  return { log, low: from, high: high > from ? high : from + 1 };
}
