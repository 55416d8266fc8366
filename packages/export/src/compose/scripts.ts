// Scripts that the stores start with. They take everything from the environment and from files, so that nothing of the author's text
// ever becomes part of a script.

export const redisScript = (header: string): string => `#!/bin/sh
# ${header}
# Starts Redis with the password of a file, and behind a primary where REDIS_PRIMARY names one.
set -eu
umask 077
password=$(cat "$PASSWORD_FILE")
printf 'requirepass %s\\nmasterauth %s\\n' "$password" "$password" >/tmp/redis.conf
if [ -n "\${REDIS_PRIMARY:-}" ]; then
  printf 'replicaof %s 6379\\n' "$REDIS_PRIMARY" >>/tmp/redis.conf
fi
exec redis-server /tmp/redis.conf "$@"
`;

export const rabbitScript = (header: string): string => `#!/bin/sh
# ${header}
# Gives RabbitMQ its password: the image reads none from a file.
set -eu
RABBITMQ_DEFAULT_PASS=$(cat "$PASSWORD_FILE")
export RABBITMQ_DEFAULT_PASS
exec docker-entrypoint.sh rabbitmq-server
`;

export const replicationScript = (header: string): string => `#!/bin/bash
# ${header}
# Runs once, when the primary's data folder is new: a role for the replicas, and leave to connect.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v password="$(cat "$REPLICATION_PASSWORD_FILE")" <<'SQL'
CREATE ROLE replicator WITH REPLICATION LOGIN PASSWORD :'password';
SQL
echo 'host replication replicator all scram-sha-256' >>"$PGDATA/pg_hba.conf"
if [ -n "\${SYNCHRONOUS_STANDBYS:-}" ]; then
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v standbys="$SYNCHRONOUS_STANDBYS" <<'SQL'
ALTER SYSTEM SET synchronous_standby_names TO :'standbys';
SQL
fi
`;

export const replicaScript = (header: string): string => `#!/bin/bash
# ${header}
# Starts a replica: copies the primary when the data folder is new, then follows it.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  PGPASSWORD=$(cat "$REPLICATION_PASSWORD_FILE")
  export PGPASSWORD
  until pg_basebackup --host="$PRIMARY" --username=replicator --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast --write-recovery-conf; do
    echo 'the primary does not answer yet' >&2
    rm -rf "\${PGDATA:?}"/*
    sleep 1
  done
  unset PGPASSWORD
  chmod 700 "$PGDATA"
fi
exec postgres
`;
