#!/bin/sh
# Made by sysd from the design ScaledWebApp. Exporting again replaces this file.
# Gives RabbitMQ its password: the image reads none from a file.
set -eu
RABBITMQ_DEFAULT_PASS=$(cat "$PASSWORD_FILE")
export RABBITMQ_DEFAULT_PASS
exec docker-entrypoint.sh rabbitmq-server
