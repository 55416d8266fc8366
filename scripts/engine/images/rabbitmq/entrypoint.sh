#!/bin/sh
# The official entry point starts the server as user rabbitmq; this image has that user already.
set -eu
exec "$@"
