import type { Route, StandinConfig } from '../src/standin/config.ts';
import type { Broker, Message } from './clients/client.ts';
import type { Metrics } from './metrics.ts';

export interface Background {
  /** What is not attached yet, in words; undefined when all is. */
  readonly waitingFor: () => string | undefined;
  /** Takes no further work. */
  readonly stop: () => void;
  /** Resolves when the work taken is done. */
  readonly idle: () => Promise<void>;
}

/** Starts the consumers and the timers. */
export function startBackground(
  config: StandinConfig,
  metrics: Metrics,
  broker: (target: string) => Broker,
  run: (route: Route) => Promise<void>,
): Background {
  const routes = new Map(config.routes.map((route) => [route.path, route]));
  const inWork = new Set<Promise<void>>();
  let stopped = false;
  const track = (work: Promise<void>): Promise<void> => {
    inWork.add(work);
    return work.finally(() => inWork.delete(work));
  };

  const consumers = config.consumers.map((consumer) => {
    const handled = new Map(consumer.handles.map(({ message, path }) => [message, path]));
    const handle = async (message: Message): Promise<void> => {
      if (stopped) throw new Error('stopping'); // goes back to the broker
      const route = routes.get(handled.get(message.path) ?? '');
      // a group reads all of a topic, also what other flows publish for others: that is acknowledged and left
      if (route === undefined) return metrics.count('sysd_messages_total', { topic: consumer.topic, flow: '', outcome: 'ignored' });
      const labels = { topic: consumer.topic, flow: route.flow };
      try {
        await track(run(route));
      } catch (error) {
        metrics.count('sysd_messages_total', { ...labels, outcome: 'error' });
        throw error;
      }
      metrics.count('sysd_messages_total', { ...labels, outcome: 'ok' });
    };
    return { consumer, state: broker(consumer.target).consume(consumer.topic, consumer.group, consumer.prefetch, handle) };
  });

  const timers = config.timers.map((timer) => {
    const route = routes.get(timer.path)!;
    const tick = (): void => {
      track(run(route)).then(
        () => metrics.count('sysd_requests_total', { flow: route.flow, path: route.path, code: '200' }),
        () => metrics.count('sysd_requests_total', { flow: route.flow, path: route.path, code: '502' }),
      );
    };
    return setInterval(tick, timer.everyMs);
  });

  return {
    waitingFor: () => {
      const waiting = consumers.filter(({ state }) => !state.attached()).map(({ consumer }) => consumer.topic);
      return waiting.length === 0 ? undefined : `not attached to ${waiting.join(', ')}`;
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
    },
    idle: async () => void (await Promise.allSettled([...inWork])),
  };
}
