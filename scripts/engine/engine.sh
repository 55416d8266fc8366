#!/usr/bin/env bash
# A private container engine for the tests that run exported files, for Debian machines that have none.
#
#   engine.sh up       fetch what is missing, start the engine, build the images; prints the exports to use it:
#                        eval "$(scripts/engine/engine.sh up)" && docker-compose ps
#   engine.sh down     stop the engine with whatever runs in it, and take its firewall rules away again
#   engine.sh status   say whether it runs and which images it has
#
# dockerd and Compose come from Debian trixie and are only unpacked, below $SYSD_ENGINE_HOME (default ~/.cache/sysd-engine).
# The images carry the names and the documented contract of the official ones, but are built from Debian packages
# (scripts/engine/images), so that no image registry is needed: they prove an export's wiring, not the upstream images.
# Every step may be repeated; what is already there is kept. The first `up` takes some minutes, later ones seconds.
# Exit codes: 0 done, 1 failed, 3 this machine cannot run it (the reason is the last line on stderr).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${SYSD_ENGINE_HOME:-$HOME/.cache/sysd-engine}
suite=trixie
root=$home/root
run=$home/run
logs=$home/logs
socket=$run/docker.sock
tool_path=$root/usr/libexec/docker/cli-plugins:$root/usr/sbin:$root/usr/bin
export PATH=$tool_path:$PATH DOCKER_HOST=unix://$socket DOCKER_BUILDKIT=0
# name of the recipe folder, then the tags that it stands in for
images=(
  'postgres postgres:17'
  'redis redis:8'
  'nginx nginx:1.26'
  'haproxy haproxy:3.0'
  'rabbitmq rabbitmq:4.0 rabbitmq:4.0-management'
  'prometheus prom/prometheus:v2.53.3'
  'node node:24-slim'
)

say() { echo "engine: $*" >&2; }
cannot() { say "$*"; exit 3; }
alive() { curl -sf --max-time 2 --unix-socket "$socket" http://engine/_ping >/dev/null 2>&1; }

requirements() {
  [ "$(id -u)" = 0 ] || cannot 'not run: it needs root (namespaces, cgroups and firewall rules).'
  # Not a derivative, such as Ubuntu: those lack Debian's archive keys and the libraries of its binaries.
  command -v apt-get >/dev/null && grep -qsx 'ID=debian' /etc/os-release || cannot 'not run: it fetches the engine with apt-get, and this is not a Debian machine.'
  [ "$(uname -s)" = Linux ] || cannot 'not run: it needs Linux.'
  mkdir -p "$home" "$run" "$logs" "$root"
}

# The mirror that the machine already uses, so that a proxy or a local mirror keeps working.
mirror() {
  local found
  found=$(sed -n 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
  [ -n "$found" ] || found=$(sed -n 's/^deb[[:space:]]\{1,\}\(\[[^]]*\][[:space:]]*\)\{0,1\}\([^[:space:]]*debian\/\{0,1\}\)[[:space:]].*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
  echo "${found:-http://deb.debian.org/debian}"
}

# Runs a command whose output matters only when it fails; tries again, because networks fail.
logged() {
  local log=$logs/$1.log tries=$2 n
  shift 2
  for n in $(seq "$tries"); do
    if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
    [ "$n" = "$tries" ] || { say "try $n failed ($log); again in $((n * 5)) s"; sleep $((n * 5)); }
  done
  tail -n 15 "$log" >&2
  say "failed: $* (whole output: $log)"
  return 1
}

fetch_tools() {
  local missing=() tool
  for tool in runc iptables debootstrap curl; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    logged apt-update 3 apt-get update -q
    logged apt-install 3 env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends ca-certificates "${missing[@]}"
  fi
  [ -e "$root/.complete" ] && return
  say "fetching dockerd and Compose from Debian $suite"
  local apt=$home/apt
  mkdir -p "$apt"/{parts,lists/partial,archives/partial,debs}
  rm -f "$apt"/debs/*.deb
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$(mirror)" "$suite" >"$apt/parts/$suite.sources"
  # APT::Sandbox::User: apt's own user may not be able to write below a home directory
  local options=(-q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/parts" -o "Dir::State::lists=$apt/lists"
    -o "Dir::Cache=$apt" -o APT::Sandbox::User=root)
  logged tools-update 3 apt-get "${options[@]}" update
  (cd "$apt/debs" && logged tools-download 3 apt-get "${options[@]}" download docker.io docker-cli docker-compose containerd tini)
  local deb
  for deb in "$apt"/debs/*.deb; do dpkg -x "$deb" "$root"; done
  touch "$root/.complete"
}

start() {
  alive && return
  say 'starting dockerd'
  rm -f "$run/dockerd.pid" "$socket"
  iptables -S FORWARD 2>/dev/null | head -n 1 >"$run/forward-policy" || true
  # No default bridge: builds use the host's network, projects get networks of their own.
  setsid dockerd --host "unix://$socket" --data-root "$home/data" --exec-root "$run/exec" --pidfile "$run/dockerd.pid" --bridge none \
    --default-address-pool base=10.211.0.0/16,size=24 >"$logs/dockerd.log" 2>&1 </dev/null &
  local _
  for _ in $(seq 150); do
    alive && return
    sleep 0.2
  done
  tail -n 20 "$logs/dockerd.log" >&2
  cannot "not run: dockerd does not start here (is this a container without privileges?); see $logs/dockerd.log"
}

base_image() {
  docker image inspect "debian:$suite-slim" >/dev/null 2>&1 && return
  say "building debian:$suite-slim with debootstrap"
  local tree=$home/$suite
  if [ ! -e "$tree/.complete" ]; then
    rm -rf "$tree"
    logged debootstrap 2 debootstrap --variant=minbase "$suite" "$tree" "$(mirror)"
    touch "$tree/.complete"
  fi
  tar -C "$tree" --exclude=./.complete --exclude='./var/cache/apt/archives/*.deb' --exclude='./var/lib/apt/lists/*' -c . |
    docker import --change 'CMD ["bash"]' - "docker.io/library/debian:$suite-slim" >/dev/null
}

# build FOLDER TAG…: the image remembers the recipe's hash in a label and is built again only when that differs.
build() {
  local name=$1 context=$home/build/$1 recipe tag tags=()
  shift
  rm -rf "$context"
  mkdir -p "$home/build"
  cp -r "$here/images/$name" "$context"
  [ "$name" != node ] || cp "$(node24)" "$context/node"
  recipe=$(cd "$context" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)-$(cat "$here/images/base/Dockerfile" | sha256sum | cut -c1-8)
  if [ "$(docker image inspect -f '{{index .Config.Labels "sysd.recipe"}}' "$1" 2>/dev/null)" = "$recipe" ]; then
    for tag in "${@:2}"; do docker tag "$1" "$tag"; done
    return
  fi
  say "building $*"
  for tag in "$@"; do tags+=(-t "$tag"); done
  logged "build-$name" 2 docker build --network host --label "sysd.recipe=$recipe" "${tags[@]}" "$context"
}

# The Node that the project itself runs on (its devDependency), else the machine's.
node24() {
  local own=$here/../../node_modules/node/bin/node
  readlink -f "$([ -x "$own" ] && echo "$own" || command -v node)"
}

up() {
  requirements
  # one builder at a time; dockerd must not inherit the lock
  exec 9>"$home/lock"
  flock 9
  fetch_tools
  start 9>&-
  base_image
  build base sysd-engine/base
  local line
  for line in "${images[@]}"; do
    # shellcheck disable=SC2086
    build $line
  done
  echo "export DOCKER_HOST=$DOCKER_HOST PATH=$tool_path:\$PATH"
}

down() {
  local pid _ table policy bridge bridges=''
  pid=$(cat "$run/dockerd.pid" 2>/dev/null) || { say 'is not running'; return 0; }
  # networks outlive the engine when nobody removed them; their bridges and rules must not
  ! alive || bridges=$(docker network ls --quiet --filter driver=bridge | sed 's/^/br-/')
  if [ -d "/proc/$pid" ]; then
    kill "$pid"
    for _ in $(seq 150); do
      [ -d "/proc/$pid" ] || break
      sleep 0.2
    done
  fi
  for table in filter nat; do
    # the jumps into dockerd's chains and the rules of its bridges first, then the chains
    { iptables -t "$table" -S | grep -E -e "-[jg] DOCKER${bridges:+|${bridges//$'\n'/|}}" || true; } | sed -n 's/^-A //p' | while read -r rule; do
      # shellcheck disable=SC2086
      iptables -t "$table" -D $rule || true
    done
    iptables -t "$table" -S | sed -n 's/^-N \(DOCKER.*\)/\1/p' | while read -r chain; do iptables -t "$table" -F "$chain"; done
    iptables -t "$table" -S | sed -n 's/^-N \(DOCKER.*\)/\1/p' | while read -r chain; do iptables -t "$table" -X "$chain" || true; done
  done
  for bridge in $bridges; do ip link delete "$bridge" 2>/dev/null || true; done
  policy=$(cut -d ' ' -f 3 "$run/forward-policy" 2>/dev/null || true)
  iptables -P FORWARD "${policy:-ACCEPT}"
  rm -f "$run/dockerd.pid"
}

status() {
  alive || { echo 'not running'; return 0; }
  docker version --format 'running: engine {{.Server.Version}}'
  docker image ls --format '{{.Repository}}:{{.Tag}}' | sort
}

case ${1:-} in
  up | down | status) "$1" ;;
  *) sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
