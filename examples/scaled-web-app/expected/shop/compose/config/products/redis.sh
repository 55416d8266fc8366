#!/bin/sh
# Made by sysd from the design ScaledWebApp. Exporting again replaces this file.
# Starts Redis with the password of a file, and behind a primary where REDIS_PRIMARY names one.
set -eu
umask 077
password=$(cat "$PASSWORD_FILE")
printf 'requirepass %s\nmasterauth %s\n' "$password" "$password" >/tmp/redis.conf
if [ -n "${REDIS_PRIMARY:-}" ]; then
  printf 'replicaof %s 6379\n' "$REDIS_PRIMARY" >>/tmp/redis.conf
fi
exec redis-server /tmp/redis.conf "$@"
