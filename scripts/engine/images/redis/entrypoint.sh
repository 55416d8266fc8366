#!/bin/sh
# The contract of the official entry point: flags or a .conf mean redis-server, which runs as user redis.
set -eu
case ${1:-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  chown -R redis:redis /data
  exec gosu redis "$@"
fi
exec "$@"
