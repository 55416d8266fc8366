export { analyse } from './analyse.ts';
export * from './estimation/index.ts';
export { type CrossShardJoin, classifyQuery, directoryOf, type QueryClass } from './queries/classify.ts';
export { type Requirement, requirementOf, satisfies } from './queries/requirement.ts';
export { shardKeyOf } from './queries/shard-key.ts';
export * from './queueing/index.ts';
export { isNoticed } from './reliability/use.ts';
export { hasQuorum, type Roles, readersOf, rolesOf } from './scenario/roles.ts';
