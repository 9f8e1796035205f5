#!/usr/bin/env bash
# Brings an environment to what its overlay says, readers before writers, jobs by savepoint; ends at the first step
# that does not come to its end: docs/operating/upgrades.md.
#   k8s/upgrade.sh OVERLAY [--dry-run]     --dry-run prints the steps and changes nothing
set -euo pipefail
home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
overlay=${1:?usage: upgrade.sh OVERLAY [--dry-run]}
dry=${2:-}
[ -d "$home/overlays/$overlay" ] || { echo "upgrade: no overlay $overlay" >&2; exit 2; }
case $dry in '' | --dry-run) ;; *) echo "upgrade: unknown option $dry" >&2; exit 2 ;; esac
patience=15m

parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
# One file an object, as kustomize renders it: KIND.NAME.
kubectl kustomize "$home/overlays/$overlay" | awk -v to="$parts/" '
  function put() { if (kind != "") { printf "%s", text > (to kind "." name); close(to kind "." name) } text = ""; kind = ""; name = ""; inside = 0 }
  /^---$/ { put(); next }
  { text = text $0 "\n" }
  /^kind: / { kind = $2 }
  /^metadata:/ { inside = 1; next }
  /^[a-z]/ { inside = 0 }
  inside && /^  name: / { name = $2 }
  END { put() }'

step() {
  printf 'upgrade: %s\n' "$*"
  [ -n "$dry" ] || "$@"
}
kube() { step kubectl -n tidegate "$@"; }
has() { [ -e "$parts/$1" ]; }
apply() { # KIND.NAME ...
  local part
  for part in "$@"; do
    ! has "$part" || kube apply --server-side --filename "$parts/$part"
    rm -f "$parts/$part"
  done
}
every() { (cd "$parts" && for part in "$1".*; do [ ! -e "$part" ] || echo "$part"; done); }

# The cluster's own, then topics and users: nobody writes where nothing is.
apply Namespace.tidegate
for kind in ConfigMap ServiceAccount Role RoleBinding PersistentVolumeClaim NetworkPolicy KafkaNodePool Kafka; do
  for part in $(every "$kind"); do apply "$part"; done
done
kube wait --for=condition=Ready kafka/tidegate --timeout=$patience
for part in $(every KafkaTopic) $(every KafkaUser); do apply "$part"; done
kube wait --for=condition=Ready kafkatopic --all --timeout=$patience
kube wait --for=condition=Ready kafkauser --all --timeout=$patience

# Readers before writers, so that nobody meets what it cannot read.
for name in registry console retrain-monitors retrain-launcher retrain-trials features-check scoring scoring-aml; do
  has "Deployment.$name" || continue
  apply "PodTemplate.trainer" "Service.$name" "PodDisruptionBudget.$name" "Deployment.$name"
  kube rollout status "deployment/$name" --timeout=$patience
done

# Each job stops with a savepoint and goes on from it; without the operator, from its last checkpoint.
for name in history graph-aml features; do
  if has "FlinkDeployment.$name"; then
    apply "FlinkDeployment.$name"
    # A job that still runs by the old version does not count: the operator says which one it has seen.
    version=NEW
    [ -n "$dry" ] || version=$(kubectl -n tidegate get "flinkdeployment/$name" -o jsonpath='{.metadata.generation}')
    kube wait "flinkdeployment/$name" "--for=jsonpath={.status.observedGeneration}=$version" --timeout=$patience
    kube wait "flinkdeployment/$name" --for=jsonpath='{.status.lifecycleState}'=STABLE --timeout=$patience
    kube wait "flinkdeployment/$name" --for=jsonpath='{.status.jobStatus.state}'=RUNNING --timeout=$patience
  elif has "Deployment.$name"; then
    apply "Deployment.$name"
    kube rollout status "deployment/$name" --timeout=$patience
  fi
done

# What nobody waits for: scaling, monitoring, queues.
for part in $(cd "$parts" && ls); do
  case $part in
    # A finished or running Job is not changed.
    Job.*) rm -f "$parts/$part" ;;
    *) apply "$part" ;;
  esac
done
echo "upgrade: $overlay stands"
