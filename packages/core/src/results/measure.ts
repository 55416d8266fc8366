import type { ElementId } from '../design/design.ts';
import type { Estimate } from './figure.ts';

/** What is measured of an element, or of the whole design. */
export type MeasureName = 'rate' | 'rate-at-peak' | 'utilization' | 'instances-needed' | 'stored-per-day' | 'retained' | 'cost-per-month';

/** One number of an estimate, by which designs are compared: of a flow, component, table or (`element` undefined) the whole design. */
export interface Measure {
  readonly element?: ElementId;
  readonly name: MeasureName;
  readonly estimate: Estimate;
}
