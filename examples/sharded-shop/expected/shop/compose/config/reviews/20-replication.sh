#!/bin/bash
# Made by sysd from the design ShardedShop. Exporting again replaces this file.
# Runs once, when the primary's data folder is new: a role for the replicas, and leave to connect.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v password="$(cat "$REPLICATION_PASSWORD_FILE")" <<'SQL'
CREATE ROLE replicator WITH REPLICATION LOGIN PASSWORD :'password';
SQL
echo 'host replication replicator all scram-sha-256' >>"$PGDATA/pg_hba.conf"
if [ -n "${SYNCHRONOUS_STANDBYS:-}" ]; then
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v standbys="$SYNCHRONOUS_STANDBYS" <<'SQL'
ALTER SYSTEM SET synchronous_standby_names TO :'standbys';
SQL
fi
