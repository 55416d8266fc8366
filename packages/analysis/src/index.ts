export { type Analyser, analyse, analyser } from './analyse.ts';
export { costOf } from './cost/cost.ts';
export { clock } from './day/clock.ts';
export { timeOfGreatest } from './day/curve.ts';
export { profileFault } from './day/profile.ts';
export * from './estimation/index.ts';
export { fanOutsOf, flowFanOuts } from './fan-out/fan-out.ts';
export { growthOf } from './growth/growth.ts';
export { headroomOf } from './headroom/headroom.ts';
export { flowLatencies } from './latency/flow-latency.ts';
export { latencyOf } from './latency/latency.ts';
export { type MissedObjective, missedObjectives } from './latency/missed-objectives.ts';
export { type ShortTimeout, shortTimeouts } from './latency/short-timeouts.ts';
export { leastLength } from './limits/queue-length.ts';
export { loadAnalyser } from './load-analyser.ts';
export { measuresOf } from './measures/measures.ts';
export { type CrossShardJoin, classifyQuery, directoryOf, type QueryClass } from './queries/classify.ts';
export { type Requirement, requirementOf, satisfies } from './queries/requirement.ts';
export { isReferenceTable, shardKeyOf } from './queries/shard-key.ts';
export * from './queueing/index.ts';
export {
  type AvailabilityOptions,
  availabilityOf,
  hasAvailabilityObjective,
  objectivesOf,
  quickAvailability,
  quickReliability,
} from './reliability/availability/availability.ts';
export { type FaultModel, faultModelOf } from './reliability/availability/fault-model.ts';
export { isWhole } from './reliability/component-failure.ts';
export { componentEffectsOf, effectsOf, statesOf, toldEffects } from './reliability/effects/effects.ts';
export { type BasicEvent, type BooleanDag, type BooleanGate, type Choice, forSomeRequest } from './reliability/exact/boolean-dag.ts';
export type { Bounds } from './reliability/exact/bounds.ts';
export type { CutSetOptions, CutSets } from './reliability/exact/cut-sets.ts';
export { eventProbability } from './reliability/exact/event-probability.ts';
export {
  type BoundedProbability,
  type ExactOptions,
  type ExactReliability,
  exactReliability,
  type Importance,
} from './reliability/exact/exact-reliability.ts';
export { type ExpandOptions, expand } from './reliability/exact/expand.ts';
export { openPsa } from './reliability/exact/open-psa.ts';
export { type NamedTree, openPsaModel } from './reliability/exact/open-psa-model.ts';
export { addedCost } from './reliability/improvement/added-cost.ts';
export { type Changes, SEARCH_BUDGET, type SearchBudget, type SearchResult, searchImprovements } from './reliability/improvement/search.ts';
export { designLoads, type LoadedDesign, loadedDesign } from './reliability/loaded-design.ts';
export { isOverCapacity, overCapacityText } from './reliability/over-capacity.ts';
export { isNoticed } from './reliability/use.ts';
export { hasQuorum, type Roles, readersOf, rolesOf } from './scenario/roles.ts';
export { standingInstances } from './scenario/standing.ts';
export { type RetryingCalls, type RetryStability, retryStability } from './stability/retry-stability.ts';
export { stabilityOf } from './stability/stability.ts';
export { maxUtilization } from './traffic/capacity.ts';
export * from './uncertainty/index.ts';
export { waitingOf } from './waiting/waiting.ts';
