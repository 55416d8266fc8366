#!/bin/bash
# Made by sysd from the design ScaledWebApp. Exporting again replaces this file.
# Starts a replica: copies the primary when the data folder is new, then follows it.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  PGPASSWORD=$(cat "$REPLICATION_PASSWORD_FILE")
  export PGPASSWORD
  until pg_basebackup --host="$PRIMARY" --username=replicator --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast --write-recovery-conf; do
    echo 'the primary does not answer yet' >&2
    rm -rf "${PGDATA:?}"/*
    sleep 1
  done
  unset PGPASSWORD
  chmod 700 "$PGDATA"
fi
exec postgres
