#!/usr/bin/env bash
# Builds an image twice from a base of this machine, compares, and starts what is in it:
#   k8s/images/check.sh stages [MAVEN OPTION...]   'run scoring' answers for its health
#   k8s/images/check.sh flink  [MAVEN OPTION...]   FlinkImageIT: the features job, a task manager killed
#   k8s/images/check.sh gpu    [MAVEN OPTION...]   without a GPU 'run scoring' ends with 2 where one is required, and
#                                                  goes on without where one is asked for; TIDEGATE_CUDA_JAR=FILE puts
#                                                  CUDA's libraries into the base (local-base.sh), and they must link
# Needs root, for chroot; says so and ends well where it may not.
set -euo pipefail
home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
variant=${1:-stages}
shift || true
skip() { echo "image: skipped: $*"; exit 0; }
failed() { echo "image: $*"; exit 1; }
case $variant in
  stages) module=app user=10001:10001 profiles=images bom=opt/tidegate/tidegate-sbom.json ;;
  flink) module=k8s/images/flink user=9999:9999 profiles=images bom=opt/tidegate/tidegate-flink-sbom.json ;;
  gpu) module=app user=10001:10001 profiles=images,gpu bom=opt/tidegate/tidegate-sbom.json ;;
  *) echo "usage: check.sh (stages|flink|gpu) [MAVEN OPTION...]" >&2; exit 2 ;;
esac
[ "$(id -u)" = 0 ] || skip "not root, so the image cannot be started here"
for tool in jlink chroot curl; do
  command -v "$tool" > /dev/null || skip "$tool not found"
done
work=$(mktemp -d)
pid=
finish() {
  [ -z "$pid" ] || kill "$pid" 2> /dev/null || true
  [ -z "$pid" ] || wait "$pid" 2> /dev/null || true
  umount "$work/root/dev" "$work/root/proc" 2> /dev/null || true
  rm -rf --one-file-system "$work"
}
trap finish EXIT

cuda=
[ "$variant" != gpu ] || cuda=${TIDEGATE_CUDA_JAR:-}
"$home/k8s/images/local-base.sh" "$work/base.tar" ${cuda:+"$cuda"}
target=$home/$module/target
quick=(-Dmaven.test.skip=true -Dspotless.check.skip -Dcheckstyle.skip -Dforbiddenapis.skip)
build() {
  (cd "$home" && mvn -B -ntp -q "$@" "-P$profiles" -pl "$module" -am package "${quick[@]}" \
    "-Dimage.base=tar://$work/base.tar") > "$work/build.log" || { cat "$work/build.log"; exit 1; }
}
build "$@"
first=$(cat "$target/jib-image.digest")
rm -rf "$target/jib-cache" "$target"/jib-image.*
build "$@"
second=$(cat "$target/jib-image.digest")
[ "$first" = "$second" ] || failed "the same sources gave $first, then $second"
echo "image: $variant $first, twice"

mkdir "$work/image" "$work/root"
tar -C "$work/image" -xf "$target/jib-image.tar"
grep -o '"User":"[^"]*"' "$work/image/config.json" | grep -q "\"User\":\"$user\"" || failed "it does not run as $user"
for layer in $(grep -o '"Layers":\[[^]]*\]' "$work/image/manifest.json" | grep -o '[0-9a-zA-Z.]*\.tar[.gz]*'); do
  tar --warning=no-unknown-keyword -C "$work/root" -xf "$work/image/$layer"
done
[ -s "$work/root/$bom" ] || failed "no bill of materials; Maven's -o leaves it out"
[ ! -e "$work/root/left-out" ] || failed "classes twice"
[ "$(find "$work/root/opt" -not -user root -print -quit)" = "" ] || failed "its user may change it"

# As a pod has it: a root file system that the user cannot write, and folders for state and scratch.
mkdir -p "$work/root/var/lib/tidegate" "$work/root/dev" "$work/root/proc"
chown 10001:10001 "$work/root/var/lib/tidegate"
# A container's runtime writes its name there.
printf '127.0.0.1 localhost %s\n' "$(uname -n)" > "$work/root/etc/hosts"
chmod 755 "$work"
mount --bind /dev "$work/root/dev" && mount -t proc proc "$work/root/proc" || skip "no mounts here"

if [ "$variant" = flink ]; then
  # Not "verify": that judges what earlier runs left in other modules, too.
  report=$home/app/target/failsafe-reports/TEST-dev.tidegate.app.image.FlinkImageIT.xml
  rm -f "$report"
  (cd "$home" && mvn -B -ntp -q "$@" -pl app -am integration-test -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false \
    -Dit.test=FlinkImageIT -Dfailsafe.failIfNoSpecifiedTests=false -Dspotless.check.skip -Dcheckstyle.skip \
    -Dforbiddenapis.skip "-Dtidegate.image.flink=$work" "-Dtidegate.image.s3proxy=$target/check/s3proxy.jar") \
    > "$work/build.log" 2>&1 || { tail -n 60 "$work/build.log"; failed "FlinkImageIT could not be run"; }
  grep -q 'tests="1" errors="0" skipped="0" failures="0"' "$report" \
    || { tail -n 60 "$work/build.log"; failed "the features job does not run in it"; }
  echo "image: the features job runs in it, and outlives a task manager"
  exit 0
fi

entry=$(grep -o '"Entrypoint":\[[^]]*\]' "$work/image/config.json" | sed 's/^"Entrypoint":\[//; s/\]$//; s/","/\n/g; s/"//g')
mapfile -t command <<< "$entry"
mapfile -t variables < <(grep -o '"Env":\[[^]]*\]' "$work/image/config.json" | sed 's/^"Env":\["//; s/"\]$//; s/","/\n/g')
port=$((20000 + RANDOM % 10000))
settings() { # DEVICE
  cat > "$work/root/etc/tidegate.yaml" << YAML
servers: {kafka: "127.0.0.1:1", registry: "http://127.0.0.1:$registry"}
scoring: {device: $1}
run: {host: 127.0.0.1, port: $port, state: /var/lib/tidegate, log: /var/lib/tidegate/log}
YAML
}
start() {
  env -i "${variables[@]}" "$(command -v chroot)" --userspec=10001:10001 --groups=10001 "$work/root" "${command[@]}" run scoring --config /etc/tidegate.yaml > "$work/log" 2>&1 &
  pid=$!
}

# Trainings run in it too: XGBoost finds what it is linked with.
cat > "$work/Trains.java" << 'JAVA'
public class Trains {
  public static void main(String[] args) throws Exception {
    Class.forName("ml.dmlc.xgboost4j.java.XGBoostJNI");
  }
}
JAVA
javac -d "$work/root/check" "$work/Trains.java"
env -i "${variables[@]}" "$(command -v chroot)" --userspec=10001:10001 --groups=10001 "$work/root" \
  java -cp '/check:/opt/tidegate/lib/*' Trains > "$work/log" 2>&1 || { cat "$work/log"; failed "XGBoost does not load"; }
echo "image: XGBoost loads"

if [ "$variant" = gpu ]; then
  # A registry that answers for its compatibility alone, so that the scorer goes on to its release.
  registry=$((30000 + RANDOM % 10000))
  printf '{"compatibilityLevel":"FULL_TRANSITIVE"}' > "$work/config"
  cat > "$work/Registry.java" << 'JAVA'
public class Registry {
  public static void main(String[] args) throws Exception {
    byte[] said = java.nio.file.Files.readAllBytes(java.nio.file.Path.of(args[1]));
    var server = com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
    server.createContext("/", asked -> {
      asked.sendResponseHeaders(200, said.length);
      try (asked) { asked.getResponseBody().write(said); }
    });
    server.start();
  }
}
JAVA
  java "$work/Registry.java" "$registry" "$work/config" &
  answering=$!
  settings cuda-required
  start
  code=0
  wait "$pid" || code=$?
  pid=
  [ "$code" = 2 ] || { cat "$work/log"; kill "$answering"; failed "it ended with $code where CUDA is required and absent, not with 2"; }
  grep -i cuda "$work/log" | tail -n 1
  echo "image: run scoring ends with 2 where CUDA is required and absent"
  # With CUDA's libraries in the base the driver alone is missing, which is the node's.
  if [ -n "$cuda" ] && grep -q 'cannot open shared object' "$work/log"; then
    kill "$answering"
    failed "ONNX Runtime's provider does not find all its libraries"
  fi
  settings cuda
  start
  told=no
  for _ in $(seq 120); do
    if grep -qs 'so scoring runs on the CPU' "$work/root/var/lib/tidegate/log"; then told=yes; break; fi
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.5
  done
  kill "$answering"
  [ "$told" = yes ] || { cat "$work/log" "$work/root/var/lib/tidegate/log"; failed "it does not go on without CUDA where one is asked for"; }
  echo "image: and goes on, on the processor, where it is only asked for"
  exit 0
fi

registry=1
settings cpu
start
for _ in $(seq 120); do
  if answer=$(curl -fsS "http://127.0.0.1:$port/health/live" 2> /dev/null); then
    echo "image: run scoring answers /health/live: $answer"
    ready=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/health/ready")
    [ "$ready" = 503 ] || failed "ready without Kafka: $ready"
    echo "image: and /health/ready says $ready while there is no Kafka"
    exit 0
  fi
  kill -0 "$pid" 2> /dev/null || { cat "$work/log"; failed "it ended"; }
  sleep 0.5
done
cat "$work/log"
failed "no answer"
