import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { Target } from '../../src/standin/config.ts';
import { type Broker, complain, decode, encode, keepOne, pause } from './client.ts';

export function connectKafka(target: Target & { kind: 'kafka' }): Broker {
  const kafka = new Kafka({ clientId: 'sysd-stand-in', brokers: [...target.brokers], logLevel: logLevel.ERROR, connectionTimeout: 5_000 });
  let closed = false;
  const consumers: { disconnect: () => Promise<void> }[] = [];
  const producing = keepOne<Producer>(async (lost) => {
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    producer.on('producer.disconnect', lost);
    await producer.connect();
    return producer;
  });
  const made = new Map<string, Promise<void>>();
  const makeTopic = (topic: string): Promise<void> => {
    const making =
      made.get(topic) ??
      (async () => {
        const admin = kafka.admin();
        await admin.connect();
        // false when it is there already
        await admin.createTopics({ topics: [{ topic, numPartitions: target.partitions, replicationFactor: 1 }] });
        await admin.disconnect();
      })();
    made.set(topic, making);
    making.catch(() => made.delete(topic));
    return making;
  };
  return {
    publish: async (topic, _groups, message) => {
      await makeTopic(topic);
      await (await producing.get()).send({ topic, acks: -1, messages: [{ value: encode(message) }] });
    },
    consume: (topic, group, prefetch, handle) => {
      let attached = false;
      const attach = async (): Promise<void> => {
        await makeTopic(topic);
        const consumer = kafka.consumer({ groupId: group });
        consumers.push(consumer);
        consumer.on('consumer.group_join', () => {
          attached = true;
        });
        consumer.on('consumer.crash', () => {
          attached = false; // kafkajs restarts it by itself
        });
        await consumer.connect();
        await consumer.subscribe({ topic, fromBeginning: true });
        await consumer.run({
          partitionsConsumedConcurrently: prefetch,
          eachMessage: async ({ message }) => {
            const decoded = decode(message.value);
            if (decoded !== undefined) await handle(decoded);
          },
        });
      };
      const loop = async (): Promise<void> => {
        for (let done = false; !done && !closed; ) {
          done = await attach().then(
            () => true,
            (error: Error) => {
              complain(`${topic}: ${error.message}`);
              return false;
            },
          );
          if (!done) await pause(1_000);
        }
      };
      void loop();
      return { attached: () => attached };
    },
    close: async () => {
      closed = true;
      await Promise.allSettled([...consumers.map((each) => each.disconnect()), producing.current()?.then((each) => each.disconnect())]);
    },
  };
}
