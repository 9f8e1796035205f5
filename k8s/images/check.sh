#!/usr/bin/env bash
# Builds the image twice from a base of this machine, compares, starts one stage of it and asks it
# how it is. Needs root, for chroot; says so and ends well where it may not.
#   k8s/images/check.sh [MAVEN OPTION...]
set -euo pipefail
home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
skip() { echo "image: skipped: $*"; exit 0; }
[ "$(id -u)" = 0 ] || skip "not root, so the image cannot be started here"
for tool in jlink chroot curl; do
  command -v "$tool" > /dev/null || skip "$tool not found"
done
work=$(mktemp -d)
pid=
finish() { [ -z "$pid" ] || kill "$pid" 2> /dev/null || true; [ -z "$pid" ] || wait "$pid" 2> /dev/null || true; rm -rf "$work"; }
trap finish EXIT

"$home/k8s/images/local-base.sh" "$work/base.tar"
build() {
  (cd "$home" && mvn -B -ntp -q "$@" -Pimages -pl app -am package -Dmaven.test.skip=true -Dspotless.check.skip \
    -Dcheckstyle.skip -Dforbiddenapis.skip "-Dimage.base=tar://$work/base.tar") > /dev/null
}
build "$@"
first=$(cat "$home/app/target/jib-image.digest")
rm -rf "$home/app/target/jib-cache" "$home/app/target/jib-image."*
build "$@"
second=$(cat "$home/app/target/jib-image.digest")
[ "$first" = "$second" ] || { echo "image: the same sources gave $first, then $second"; exit 1; }
echo "image: $first, twice"

mkdir "$work/image" "$work/root"
tar -C "$work/image" -xf "$home/app/target/jib-image.tar"
grep -o '"User":"[^"]*"' "$work/image/config.json" | grep -q '"User":"10001:10001"' \
  || { echo "image: it does not run as 10001"; exit 1; }
for layer in $(grep -o '"Layers":\[[^]]*\]' "$work/image/manifest.json" | grep -o '[0-9a-zA-Z.]*\.tar[.gz]*'); do
  tar --warning=no-unknown-keyword -C "$work/root" -xf "$work/image/$layer"
done
[ -s "$work/root/opt/tidegate/tidegate-sbom.json" ] || { echo "image: no bill of materials"; exit 1; }
[ ! -e "$work/root/left-out" ] || { echo "image: classes twice"; exit 1; }
[ "$(find "$work/root/opt/tidegate" -not -user root -print -quit)" = "" ] \
  || { echo "image: its user may change it"; exit 1; }

# As a pod has it: a root file system that the user cannot write, and folders for state and scratch.
port=$((20000 + RANDOM % 10000))
mkdir -p "$work/root/var/lib/tidegate" "$work/root/dev" "$work/root/proc"
chown 10001:10001 "$work/root/var/lib/tidegate"
mount --bind /dev "$work/root/dev" && mount -t proc proc "$work/root/proc" || skip "no mounts here"
finish() { [ -z "$pid" ] || kill "$pid" 2> /dev/null || true; [ -z "$pid" ] || wait "$pid" 2> /dev/null || true; umount "$work/root/dev" "$work/root/proc" 2> /dev/null || true; rm -rf --one-file-system "$work"; }
cat > "$work/root/etc/tidegate.yaml" << YAML
servers: {kafka: "127.0.0.1:1", registry: "http://127.0.0.1:1"}
run: {host: 127.0.0.1, port: $port, state: /var/lib/tidegate, log: /dev/stdout}
YAML
entry=$(grep -o '"Entrypoint":\[[^]]*\]' "$work/image/config.json" | sed 's/^"Entrypoint":\[//; s/\]$//; s/","/\n/g; s/"//g')
mapfile -t command <<< "$entry"
chroot --userspec=10001:10001 --groups=10001 "$work/root" "${command[@]}" run scoring --config /etc/tidegate.yaml > "$work/log" 2>&1 &
pid=$!
for _ in $(seq 120); do
  if answer=$(curl -fsS "http://127.0.0.1:$port/health/live" 2> /dev/null); then
    echo "image: run scoring answers /health/live: $answer"
    ready=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/health/ready")
    [ "$ready" = 503 ] || { echo "image: ready without Kafka: $ready"; exit 1; }
    echo "image: and /health/ready says $ready while there is no Kafka"
    exit 0
  fi
  kill -0 "$pid" 2> /dev/null || { echo "image: it ended"; cat "$work/log"; exit 1; }
  sleep 0.5
done
echo "image: no answer"; cat "$work/log"; exit 1
