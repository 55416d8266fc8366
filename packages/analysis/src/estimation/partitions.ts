import { wholeAbove } from '../figure/make.ts';
import { type Estimated, finite, firstProblem, nonNegative, positive, whole } from '../queueing/domain.ts';

export interface TopicThroughput {
  /** What the topic must carry: bytes/s or messages/s, the same unit in all three. */
  readonly target: number;
  /** What one partition takes from producers, above 0. */
  readonly producerPerPartition: number;
  /** What one consumer takes from a partition, above 0. */
  readonly consumerPerPartition: number;
  /** Consumers of one group that are to work in parallel; 1 where not said. */
  readonly consumers?: number;
}

/**
 * Partitions of a Kafka topic: max(⌈t/p⌉, ⌈t/c⌉, consumers), at least 1.
 * Source: Jun Rao, How to choose the number of topics/partitions in a Kafka cluster?, Confluent 2015.
 */
export function topicPartitions({ target, producerPerPartition, consumerPerPartition, consumers = 1 }: TopicThroughput): Estimated<number> {
  const problem = firstProblem([
    nonNegative('the throughput', target),
    positive('the throughput of a producer per partition', producerPerPartition),
    positive('the throughput of a consumer per partition', consumerPerPartition),
    whole('the number of consumers', consumers, 1),
  ]);
  if (problem) return problem;
  const needed = Math.max(wholeAbove(target / producerPerPartition), wholeAbove(target / consumerPerPartition), consumers);
  return finite('the number of partitions', needed);
}
