#!/usr/bin/env bash
# Builds the images of the end-to-end test (mvn verify -Pe2e) where no image registry can be
# reached: Kafka, the schema registry and PostgreSQL, each under the name of its official image and
# answering to the same environment variables and commands. Where images can be pulled this script
# is not needed: Testcontainers pulls the official ones.
#
# Needs root, a running Docker engine, debootstrap, Maven, and a Linux on x86-64.
#   lab/src/e2e/local-images.sh
# DEBIAN_MIRROR, if set, is the package mirror that debootstrap uses in place of its default.
# A base image that is already there is kept; remove it to renew it: docker rmi tidegate-e2e-base
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$here/../../.." && pwd)
work=$home/target/local-images
base=tidegate-e2e-base
export DOCKER_BUILDKIT=0 # BuildKit would look for the base image in a registry

# build_base: Debian with a Java 17 runtime, less what no server reads.
build_base() {
  local root
  root=$(mktemp -d)
  debootstrap --variant=minbase --include=openjdk-17-jre-headless bookworm "$root" \
    ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
  tar -C "$root" --one-file-system \
    --exclude='./var/cache/*' --exclude='./var/lib/apt/lists/*' --exclude='./var/log/*' \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' \
    --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*' \
    -c . | docker import - "$base" >/dev/null
  rm -rf --one-file-system "$root"
}

# build NAME IMAGE: the image of the folder NAME beside this script and its collected contents.
build() {
  cp "$here/$1"/* "$work/$1/"
  docker build -q -t "$2" "$work/$1" >/dev/null 2>"$work/$1.log" || { cat "$work/$1.log" >&2; exit 1; }
  echo "built $2"
}

docker version >/dev/null 2>&1 || { echo "no Docker engine answers" >&2; exit 1; }
docker image inspect "$base" >/dev/null 2>&1 || build_base

rm -rf "$work"
mkdir -p "$work"
mvn -q -B -f "$here/pom.xml" initialize
mkdir "$work/postgres/server"
tar -xJf "$work"/postgres/*.txz -C "$work/postgres/server"
rm "$work"/postgres/*.txz

kafka=$(basename "$work"/kafka/lib/kafka_*.jar .jar)
registry=$(basename "$work"/registry/app/apicurio-registry-app-*-runner.jar -runner.jar)
postgres=$("$work/postgres/server/bin/postgres" --version | sed -E 's/.* ([0-9]+)\..*/\1/')
build kafka "apache/kafka:${kafka##*-}"
build registry "quay.io/apicurio/apicurio-registry:${registry##*-}"
build postgres "postgres:$postgres"
