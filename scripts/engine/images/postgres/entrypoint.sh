#!/bin/bash
# The documented contract of the official image, as far as an export uses it: POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD
# (each also as *_FILE), POSTGRES_INITDB_ARGS, and the scripts of /docker-entrypoint-initdb.d when the data folder is empty.
set -euo pipefail

from_file() { # VAR: reads VAR_FILE into VAR
  local file=${1}_FILE
  if [ -n "${!file:-}" ]; then
    [ -r "${!file}" ] || { echo "error: ${!file} ($file) cannot be read" >&2; exit 1; }
    export "$1=$(<"${!file}")"
  fi
}

initialise() {
  : "${POSTGRES_PASSWORD:?error: the database is new and no superuser password was given (POSTGRES_PASSWORD_FILE)}"
  local user=${POSTGRES_USER:-postgres} database
  database=${POSTGRES_DB:-$user}
  # shellcheck disable=SC2086
  initdb --pgdata="$PGDATA" --username="$user" --auth-host=scram-sha-256 --auth-local=trust --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") ${POSTGRES_INITDB_ARGS:-}
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  printf "\nlisten_addresses = '*'\n" >>"$PGDATA/postgresql.conf"
  pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=''" --wait start
  [ "$database" = postgres ] || psql -v ON_ERROR_STOP=1 -U "$user" -d postgres -v name="$database" <<<'CREATE DATABASE :"name"'
  export POSTGRES_USER=$user POSTGRES_DB=$database
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
      *.sql) psql -v ON_ERROR_STOP=1 --no-psqlrc -U "$user" -d "$database" -f "$script" ;;
    esac
  done
  pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
}

[ "${1:0:1}" != - ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    chown -R postgres:postgres "$PGDATA"
    chmod 700 "$PGDATA"
    # the secrets stay readable because Compose mounts them world-readable
    exec gosu postgres "$0" "$@"
  fi
  for variable in POSTGRES_USER POSTGRES_DB POSTGRES_PASSWORD; do from_file "$variable"; done
  [ -s "$PGDATA/PG_VERSION" ] || initialise
fi
exec "$@"
