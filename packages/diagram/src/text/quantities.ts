import { formatQuantity, RATE } from '@sysd/core';

/** A rate per second as edge labels show it, two or three figures: `3.5 M/s`, `347 k/s`, `12/s`. */
export function rateText(perSecond: number): string {
  return formatQuantity(perSecond, RATE, 2);
}

/** The widest rate that a label can come to show. Layout reserves it, so that a change of traffic moves no box. */
export const WIDEST_RATE = '888.8 M/s';

/** Utilisation as a bar shows it: `38 %`, `136 %`, `<1 %`, from ten times on `13.6×`. */
export function percentText(ratio: number): string {
  if (ratio > 0 && ratio < 0.005) return '<1 %';
  if (ratio >= 9.995) return `${Number(ratio.toPrecision(3))}×`;
  return `${Math.round(ratio * 100)} %`;
}
