import { COUNT, formatQuantity } from '@sysd/core';

/** `1 instance`, `36 instances`, `2.5 k instances`; a plural that is not made with an s is given. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatQuantity(n, COUNT)} ${n === 1 ? one : many}`;
}

/** Whole number above, forgiving rounding noise: 10.000000001 connections are 10. */
export function roundedUp(value: number): number {
  return Math.ceil(value - Math.abs(value) * 1e-9);
}
