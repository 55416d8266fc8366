/** What a scenario makes of the steps of a flow. Without a scenario nothing has failed. */
export interface FlowOutcome {
  /** By stop: its component does not work there (in none of the ways in which it is entered), so it takes no steps. */
  readonly down: readonly boolean[];
  /** By hop: the step fails, so that its `else` is taken. */
  readonly stepFails: readonly boolean[];
  /** By hop and target: the request there fails, by its component or by what that needs. */
  readonly targetFails: readonly (readonly boolean[])[];
}
