import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import type { QueueLimit, Target } from '../../src/standin/config.ts';
import { type Broker, complain, decode, encode, keepOne, pause, readSecret } from './client.ts';

/**
 * Optional arguments of a queue that holds no more than that: what it cannot hold it refuses, which a publisher that asks for confirms is told.
 * Messages that a consumer works on do not count. Source: RabbitMQ documentation, Queue length limit.
 */
export function queueArguments(most: QueueLimit | undefined): Record<string, string | number> {
  if (most === undefined) return {};
  return {
    'x-overflow': 'reject-publish',
    ...('messages' in most ? { 'x-max-length': most.messages } : { 'x-max-length-bytes': most.bytes }),
  };
}

/** A queue is a fanout exchange with one bound queue per consumer group: members of a group share its messages. */
export function connectRabbit(target: Target & { kind: 'rabbitmq' }): Broker {
  let closed = false;
  const connection = keepOne<ChannelModel>(async (lost) => {
    const model = await connect({
      protocol: 'amqp',
      hostname: target.host,
      port: target.port,
      username: target.user,
      password: readSecret(target.passwordFile),
      heartbeat: 10,
    });
    model.on('error', () => {}); // 'close' follows
    model.on('close', lost);
    return model;
  });
  const publishing = keepOne<ConfirmChannel>(async (lost) => {
    const channel = await (await connection.get()).createConfirmChannel();
    channel.on('error', () => {});
    channel.on('close', () => {
      made.clear();
      lost();
    });
    return channel;
  });
  const made = new Set<string>();
  const make = async (
    channel: Pick<ConfirmChannel, 'assertExchange' | 'assertQueue' | 'bindQueue'>,
    topic: string,
    group: string,
  ): Promise<string> => {
    const queue = `${topic}.${group}`;
    await channel.assertExchange(topic, 'fanout', { durable: true });
    await channel.assertQueue(queue, { durable: true, arguments: queueArguments(target.most) });
    await channel.bindQueue(queue, topic, '');
    return queue;
  };
  return {
    publish: async (topic, groups, message) => {
      const channel = await publishing.get();
      for (const group of groups) {
        if (made.has(`${topic} ${group}`)) continue;
        await make(channel, topic, group);
        made.add(`${topic} ${group}`);
      }
      await new Promise<void>((resolve, reject) => {
        channel.publish(topic, '', encode(message), { persistent: true }, (error) => (error ? reject(error) : resolve()));
      });
    },
    consume: (topic, group, prefetch, handle) => {
      let attached = false;
      const attach = async (): Promise<void> => {
        const channel = await (await connection.get()).createChannel();
        channel.on('error', () => {});
        const ended = new Promise<void>((resolve) => channel.on('close', resolve));
        await channel.prefetch(prefetch);
        await channel.consume(await make(channel, topic, group), async (delivery) => {
          if (delivery === null) return void channel.close().catch(() => {}); // the queue was deleted: start again
          const message = decode(delivery.content);
          try {
            if (message !== undefined) await handle(message);
            channel.ack(delivery);
          } catch {
            await pause(500); // so that a message that keeps failing does not spin
            if (attached) channel.nack(delivery, false, true);
          }
        });
        attached = true;
        await ended;
      };
      const loop = async (): Promise<void> => {
        while (!closed) {
          await attach().catch((error: Error) => complain(`${topic}: ${error.message}`));
          attached = false;
          await pause(500);
        }
      };
      void loop();
      return { attached: () => attached };
    },
    close: async () => {
      closed = true;
      await (await connection.current())?.close();
    },
  };
}
