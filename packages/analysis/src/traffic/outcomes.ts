/** What a scenario makes of the steps of a flow. Without a scenario nothing has failed. Indexed by stop. */
export interface FlowOutcome {
  /** The stop's component does not work there (for the operation with which it is entered), so it takes no steps. */
  readonly down: readonly boolean[];
  /** A request to the stop fails: its component, or something below that it needs. */
  readonly fails: readonly boolean[];
  /** Indexed by hop: the step fails, so that its `else` is taken. */
  readonly stepFails: readonly boolean[];
}
