import pg from 'pg';
import type { Parameter, Target } from '../../src/standin/config.ts';
import { type Closable, readSecret } from './client.ts';

export interface Sql extends Closable {
  readonly run: (text: string, parameters: readonly Parameter[], key: () => string) => Promise<void>;
}

export function connectPostgres(target: Target & { kind: 'postgres' }): Sql {
  const pool = new pg.Pool({
    host: target.host,
    port: target.port,
    user: target.user,
    database: target.database,
    password: () => readSecret(target.passwordFile),
    max: target.pool,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    idleTimeoutMillis: 10_000,
    application_name: 'sysd stand-in',
  });
  // an idle connection that breaks must not end the program; the next query opens another
  pool.on('error', () => {});
  return {
    run: async (text, parameters, key) => {
      const values = parameters.map((each) => (each.kind === 'key' ? key() : Buffer.alloc(each.bytes, 'x')));
      await pool.query(text, values);
    },
    close: () => pool.end(),
  };
}
