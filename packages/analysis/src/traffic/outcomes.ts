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
}
