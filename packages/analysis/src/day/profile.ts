import {
  COUNT,
  type Component,
  DAY,
  type DayCurve,
  type DayPoint,
  type Estimate,
  notEstimated,
  type Property,
  property,
  type Quantity,
} from '@sysd/core';
import { compute, leaf } from '../figure/make.ts';
import { clock } from './clock.ts';
import { greatestOf, meanOf, scaledCurve, timeOfGreatest } from './curve.ts';

/** How what starts at a component is spread over the day. */
export interface SourceProfile {
  /** Peak rate over average rate. */
  readonly peak: Estimate;
  /** Share of the peak at each time of the day; absent where the peak may come at any time. */
  readonly curve?: DayCurve;
}

/** What is wrong with a profile or schedule, in words that go on after its name. */
export interface ProfileFault {
  readonly property: 'profile' | 'schedule';
  readonly fault: string;
}

type ProfilePoint = { readonly at: Quantity; readonly rate: Quantity };
type Window = { readonly low: number; readonly high: number };

/** More than a point every five minutes, and its jumps, is a measurement and no design. */
const MOST_POINTS = 600;

/** What is wrong with the profile or schedule of a component; undefined where nothing is, or it has none. */
export function profileFault({ properties }: Component): ProfileFault | undefined {
  const profile = property(properties, 'profile');
  const inProfile = profile && pointsFault(profile.value);
  if (inProfile !== undefined) return { property: 'profile', fault: inProfile };
  const schedule = property(properties, 'schedule');
  const inSchedule = schedule && scheduleFault(schedule.value);
  return inSchedule === undefined ? undefined : { property: 'schedule', fault: inSchedule };
}

function pointsFault(points: readonly ProfilePoint[]): string | undefined {
  if (points.length > MOST_POINTS) return `has ${points.length} points; ${MOST_POINTS} are the most`;
  for (const [i, { at }] of points.entries()) {
    const before = points[i - 1];
    if (before && before.at.value > at.value) return `goes back in time from ${before.at.text} to ${at.text}`;
    if (points[i - 2]?.at.value === at.value) return `gives ${at.text} more than twice: before a jump and after it`;
  }
  if (points.filter(({ at }) => at.value % DAY === 0).length > 2)
    return 'gives midnight, 0 h or 24 h, more than twice: before a jump and after it';
  return points.every(({ rate }) => rate.value === 0) ? 'is 0 all day' : undefined;
}

function scheduleFault(schedule: ScheduleValue): string | undefined {
  if ('for' in schedule)
    return schedule.for.value > schedule.every.value
      ? `runs for longer than the period that it repeats: ${schedule.for.text} every ${schedule.every.text}`
      : undefined;
  if (schedule.length > MOST_POINTS / 2) return `has ${schedule.length} windows; ${MOST_POINTS / 2} are the most`;
  for (const [i, { low, high }] of schedule.entries()) {
    if (low < 0 || high > DAY)
      return 'goes beyond the day: times are from 0 h to 24 h, and what runs over midnight is two windows (22 h..24 h, 0 h..4 h)';
    if (low === high) return 'has a window in which no time passes';
    if (schedule.some((other, j) => j < i && other.low < high && low < other.high)) return 'has windows that overlap';
  }
  return undefined;
}

type ScheduleValue = { readonly every: Quantity; readonly for: Quantity } | readonly Window[];

/** Profile of what starts at a component; undefined where it says none, so that its `peak` counts. */
export function sourceProfile(source: Component): SourceProfile | undefined {
  const { id, properties } = source;
  const [profile, schedule] = [property(properties, 'profile'), property(properties, 'schedule')];
  if (!profile && !schedule) return undefined;
  const said = (['peak', 'profile', 'schedule'] as const).filter((name) => properties.has(name));
  if (said.length > 1) return { peak: notEstimated(`${id} has both ${said[0]} and ${said[1]}: one of them can say when it peaks`) };
  const fault = profileFault(source);
  if (fault) return { peak: notEstimated(`the ${fault.property} of ${id} ${fault.fault}`) };
  if (profile) return spread(id, 'profile', profile, brokenLine(profile.value));
  const times = (schedule as Property<ScheduleValue>).value;
  if (!('for' in times)) return spread(id, 'schedule', schedule as Property, boxes(times));
  const time = (label: string, { value, dimension, text }: Quantity) =>
    leaf(label, value, dimension, { ...(schedule as Property), text: text ?? '' });
  const inputs = [time('period', times.every), time('time that it runs', times.for)];
  return {
    peak: compute(`peak of ${id}.schedule over its average`, 'period ÷ time that it runs', inputs, COUNT, (every, time) => every / time),
  };
}

/** Peak over average = greatest ÷ mean of the day. */
function spread(id: string, name: string, said: Property, line: DayCurve): SourceProfile {
  const curve = scaledCurve(line, 1 / greatestOf(line));
  const mean = compute(
    `mean of ${id}.${name}, of its greatest`,
    'area below its lines ÷ 24 h',
    [leaf(`${id}.${name}`, 1, COUNT, said)],
    COUNT,
    () => meanOf(curve),
  );
  const peak = compute(
    `peak of ${id}.${name} over its average`,
    `1 ÷ mean, at ${clock(timeOfGreatest(curve))}`,
    [mean],
    COUNT,
    (m) => 1 / m,
  );
  return { peak, curve };
}

/** Points in the order of their times, those at the same time and those at 0 h and 24 h made one. The greatest becomes 1, so that no sum is beyond all numbers. */
function brokenLine(points: readonly ProfilePoint[]): DayCurve {
  const most = points.reduce((n, { rate }) => Math.max(n, rate.value), 0);
  const line: { at: number; before: number; after: number }[] = [];
  for (const { at, rate } of points) {
    const value = rate.value / most;
    const last = line.at(-1);
    if (last?.at === at.value) last.after = value;
    else line.push({ at: at.value, before: value, after: value });
  }
  const end = line.at(-1) as DayPoint;
  if (end.at !== DAY) return line;
  const first = line[0] as DayPoint;
  // At 24 h, which is 0 h of the next day.
  if (line.length === 1) return [{ ...end, at: 0 }];
  return first.at === 0 ? [{ ...first, before: end.before }, ...line.slice(1, -1)] : [{ ...end, at: 0 }, ...line.slice(0, -1)];
}

/** 1 within the windows and 0 outside them. */
function boxes(windows: readonly Window[]): DayCurve {
  const ends = new Map<number, { before: number; after: number }>();
  const end = (at: number) => {
    const time = at === DAY ? 0 : at;
    const found = ends.get(time) ?? { before: 0, after: 0 };
    ends.set(time, found);
    return found;
  };
  for (const { low, high } of windows) {
    end(low).after = 1;
    end(high).before = 1;
  }
  return [...ends].map(([at, sides]) => ({ at, ...sides })).sort((a, b) => a.at - b.at);
}
