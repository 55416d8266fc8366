import { COUNT, type Component, formatQuantity, type Kind, type PropertyName, property } from '@sysd/core';
import { percentText } from '../text/quantities.ts';

const KIND_WORDS: Partial<Record<Kind, string>> = {
  dns: 'DNS',
  cdn: 'CDN',
  loadbalancer: 'load balancer',
  gateway: 'API gateway',
  blobstore: 'object storage',
  external: 'third party',
};

/** The kind as words: `load balancer`. */
export const kindInWords = (kind: Kind): string => KIND_WORDS[kind] ?? kind;

/** Technology and the one fact that tells most about a component of its kind. Only what the author said is a fact here. */
export function subLine(component: Component): { readonly technology?: string; readonly fact?: string } {
  const fact = factOf(component);
  if (component.kind === 'client') {
    const users = quantityOf(component, 'daily-active');
    const daily = users === undefined ? undefined : `${formatQuantity(users, COUNT, 2)} daily`;
    return { ...(daily === undefined ? {} : { technology: daily }), ...(fact === undefined ? {} : { fact }) };
  }
  const technology = component.technologyTitle ?? component.technology ?? (fact === undefined ? kindInWords(component.kind) : undefined);
  return { ...(technology === undefined ? {} : { technology }), ...(fact === undefined ? {} : { fact }) };
}

function factOf(component: Component): string | undefined {
  const number = (name: PropertyName, text: (value: number) => string) => {
    const value = quantityOf(component, name);
    return value === undefined ? undefined : text(value);
  };
  switch (component.kind) {
    case 'client':
    case 'scheduler':
      return number('peak', (v) => `peak ${formatQuantity(v, COUNT, 2)}×`);
    case 'cdn':
    case 'cache':
    case 'gateway':
      return number('hit-ratio', (v) => `${percentText(v)} hits`);
    case 'loadbalancer':
      return number('layer', (v) => `layer ${v}`);
    case 'service':
    case 'worker':
    case 'function':
      return number('cores', (v) => `${formatQuantity(v, COUNT, 2)} ${v === 1 ? 'core' : 'cores'}`);
    case 'stream':
      return number('partitions', (v) => `${v} partitions`);
    case 'database': {
      const replication = declared(component, 'replication');
      return typeof replication === 'string' ? `${replication} copies` : undefined;
    }
    default:
      return undefined;
  }
}

function declared(component: Component, name: PropertyName): unknown {
  const found = property(component.properties, name);
  return found && (found.origin.kind === 'declared' || found.origin.kind === 'scenario') ? found.value : undefined;
}

function quantityOf(component: Component, name: PropertyName): number | undefined {
  const value = declared(component, name);
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number' ? value.value : undefined;
}
