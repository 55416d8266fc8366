export { availabilityChanges } from './availability/objective-missed/changes.ts';
export * from './docs.ts';
export * from './docs-page.ts';
export { type FlowJudge, flowJudge } from './flow-judge.ts';
export { asksAboutObjectives, judgeLater } from './judge-later.ts';
export { RULES } from './registry.ts';
export * from './rule.ts';
export { type RunOptions, ruleRunner, runRules } from './run.ts';
export { recoveryObjective } from './shared/objectives.ts';
