#!/usr/bin/env bash
# Puts back what k8s/backup.sh kept, over topics that are whole: databases, then the jobs from their savepoints, then
# the page. Payments that were decided since are read back from their topics: docs/operating/upgrades.md.
#   k8s/restore.sh FOLDER [--dry-run]     --dry-run prints the steps and changes nothing
# Needs kubectl and, with a way to the databases, pg_restore. Ends at the first step that fails; called again, it
# begins anew.
set -euo pipefail
usage="usage: restore.sh FOLDER [--dry-run]"
folder=${1:?$usage}
dry=${2:-}
case $dry in '' | --dry-run) ;; *) echo "restore: unknown option $dry" >&2; exit 2 ;; esac
[ -s "$folder/complete" ] || { echo "restore: $folder is no complete backup" >&2; exit 2; }
patience=15m

say() { printf 'restore: %s\n' "$*"; }
kube() {
  say kubectl -n tidegate "$@"
  [ -n "$dry" ] || kubectl -n tidegate "$@"
}
look() { kubectl -n tidegate "$@"; }
secret() { look get secret tidegate-database -o "jsonpath={.data.$1}" | base64 -d; }
address() { # as in backup.sh
  local url mode
  url=$(secret "$1-url")
  url=${url#jdbc:}
  mode=$(sed -n 's/.*[?&]\(sslmode=[a-z-]*\).*/\1/p' <<< "$url")
  printf '%s' "${url%%\?*}${mode:+?$mode}"
}
# Before a run that was cut short, too: what stands at 0 was stopped by one, and has two, as in k8s/base.
replicas() {
  local count
  count=$(look get "deployment/$1" -o 'jsonpath={.spec.replicas}')
  [ "${count:-0}" -gt 0 ] && printf '%s' "$count" || printf 2
}
stop() {
  kube scale "deployment/$1" --replicas=0
  kube wait --for=delete pod --selector "app.kubernetes.io/name=$1" --timeout=$patience
}
start() { # NAME REPLICAS
  kube scale "deployment/$1" "--replicas=$2"
  kube rollout status "deployment/$1" --timeout=$patience
}

# Nobody writes to a database that is put back.
pages=$(replicas console)
registries=$(replicas registry)
stop console
stop registry
for database in registry console; do
  say "pg_restore --clean --if-exists --single-transaction $folder/$database.dump, at $database-url of secret/tidegate-database"
  if [ -z "$dry" ]; then
    PGUSER=$(secret "$database-user") PGPASSWORD=$(secret "$database-password") \
      pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction --no-password \
      "--dbname=$(address "$database")" "$folder/$database.dump"
  fi
done
start registry "$registries"

# A job leaves what it knows, and reads on from where its savepoint stood.
nonce=$(date -u +%s)
if [ -e "$folder/savepoints" ]; then
  while read -r job path <&3; do
    kube patch "flinkdeployment/$job" --type=merge \
      --patch "{\"spec\":{\"job\":{\"initialSavepointPath\":\"$path\",\"savepointRedeployNonce\":$nonce}}}"
    version=NEW
    [ -n "$dry" ] || version=$(look get "flinkdeployment/$job" -o jsonpath='{.metadata.generation}')
    kube wait "flinkdeployment/$job" "--for=jsonpath={.status.observedGeneration}=$version" --timeout=$patience
    kube wait "flinkdeployment/$job" --for=jsonpath='{.status.lifecycleState}'=STABLE --timeout=$patience
    kube wait "flinkdeployment/$job" --for=jsonpath='{.status.jobStatus.state}'=RUNNING --timeout=$patience
  done 3< "$folder/savepoints"
fi

# Its offsets stand in its database: it reads the alerts since then again, each once.
start console "$pages"
say "done${dry:+: nothing was changed}"
