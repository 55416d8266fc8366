import { expect, it } from 'vitest';
import { queueArguments } from '../../standin/clients/rabbitmq.ts';

// The names are those of RabbitMQ's documentation, "Queue Length Limit".
it('a queue of RabbitMQ refuses beyond so many messages or bytes', () => {
  expect(queueArguments({ messages: 7 })).toEqual({ 'x-max-length': 7, 'x-overflow': 'reject-publish' });
  expect(queueArguments({ bytes: 1e9 })).toEqual({ 'x-max-length-bytes': 1e9, 'x-overflow': 'reject-publish' });
  expect(queueArguments(undefined)).toEqual({});
});
