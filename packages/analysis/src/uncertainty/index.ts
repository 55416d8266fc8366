export { type DistributionName, distributionOf, type Interval, quantileOf } from './distribution.ts';
export { latinHypercube } from './latin-hypercube.ts';
export { type Band, bandOf, ranksOf, varianceShare } from './sample-statistics.ts';
