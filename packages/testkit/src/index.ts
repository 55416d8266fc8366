export { annotate } from './annotate.ts';
export { type CheckOptions, check, dedent } from './check.ts';
export { type Fixture, fixtureUri, ONLY_FILE, readFixture } from './fixture.ts';
