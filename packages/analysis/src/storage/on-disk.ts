import { COUNT, type Component, type Estimate, property, type Table } from '@sysd/core';
import { compute, propertyLeaf } from '../figure/make.ts';

/** Bytes that are stored for each byte that is written: what turns the size of rows into that of files. */
export interface OnDisk {
  /** Appended to a formula: ` × (1 + indexes) ÷ compression`; empty where nothing is said. */
  readonly formula: string;
  readonly factors: readonly Estimate[];
}

/** What a table says, else its store; data that names no table has the store's. */
export function onDisk(store: Component, table: Table | undefined): OnDisk {
  const said = (name: 'indexes' | 'compression'): Estimate[] => {
    const own = table && property(table.properties, name);
    const value = own ?? property(store.properties, name);
    return value ? [propertyLeaf(`${own && table ? table.id : store.id}.${name}`, value)] : [];
  };
  const indexes = said('indexes').map((i) => compute('rows with their indexes', '1 + indexes', [i], COUNT, (x) => 1 + x));
  const compression = said('compression').map((c) => compute('bytes stored of a byte', '1 ÷ compression', [c], COUNT, (x) => 1 / x));
  return {
    formula: `${indexes.length > 0 ? ' × (1 + indexes)' : ''}${compression.length > 0 ? ' ÷ compression' : ''}`,
    factors: [...indexes, ...compression],
  };
}
