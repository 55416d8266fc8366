/** What a scenario makes of the steps of a flow. Without a scenario nothing has failed. */
export interface FlowOutcome {
  /**
   * By stop: share of its requests for which its component does not work there (in none of the ways in which it is entered), so that
   * they take no steps: 0 or 1, or a part where requests are pinned to copies of which some have failed.
   */
  readonly down: readonly number[];
  /** By hop: the step fails, so that its `else` is taken. */
  readonly stepFails: readonly boolean[];
  /** By hop and target: the request there fails, by its component or by what that needs. */
  readonly targetFails: readonly (readonly boolean[])[];
  /**
   * By hop and target, where requests are spread over the copies of a stamp: whether the request fails at that copy, by its component or by
   * what that needs, so that the others take it. Else empty.
   */
  readonly copyFails: readonly (readonly (readonly boolean[])[])[];
  /** The same for the copies at which the flow starts. */
  readonly startFails: readonly boolean[];
  /** By stop and copy of its component: that copy does not work there, so that it passes nothing on. */
  readonly copyDown: readonly (readonly boolean[])[];
}
