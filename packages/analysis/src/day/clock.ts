import type { DayTime } from '@sysd/core';

const two = (n: number): string => String(n).padStart(2, '0');

/** A time of the day as clocks show it: `12:00`, with seconds where there are some. */
export function clock({ at }: DayTime): string {
  const seconds = Math.floor(at);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? time : `${time}:${two(seconds % 60)}`;
}
