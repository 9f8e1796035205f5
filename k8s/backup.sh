#!/usr/bin/env bash
# Backs up what the topics do not give back, while the platform runs: the jobs' state by savepoints and the
# databases; docs/operating/upgrades.md says what is lost at most. k8s/restore.sh puts it back.
#   k8s/backup.sh FOLDER [--dry-run]     FOLDER must not be there yet; --dry-run prints the steps and changes nothing
# Needs kubectl and, with a way to the databases, pg_dump. Ends at the first step that fails; FOLDER/complete is
# written last.
set -euo pipefail
usage="usage: backup.sh FOLDER [--dry-run]"
folder=${1:?$usage}
dry=${2:-}
case $folder in -*) echo "$usage" >&2; exit 2 ;; esac
case $dry in '' | --dry-run) ;; *) echo "backup: unknown option $dry" >&2; exit 2 ;; esac
[ ! -e "$folder" ] || { echo "backup: $folder is there already" >&2; exit 2; }
patience=15m
stamp=$(date -u +%Y%m%d-%H%M%S)

say() { printf 'backup: %s\n' "$*"; }
kube() {
  say kubectl -n tidegate "$@"
  [ -n "$dry" ] || kubectl -n tidegate "$@"
}
look() { kubectl -n tidegate "$@"; }
secret() { look get secret tidegate-database -o "jsonpath={.data.$1}" | base64 -d; }

# JDBC's address as libpq reads it: of its options only sslmode is libpq's too.
address() {
  local url mode
  url=$(secret "$1-url")
  url=${url#jdbc:}
  mode=$(sed -n 's/.*[?&]\(sslmode=[a-z-]*\).*/\1/p' <<< "$url")
  printf '%s' "${url%%\?*}${mode:+?$mode}"
}

[ -n "$dry" ] || { mkdir -p "$folder" && chmod 700 "$folder"; }

# Savepoints stand in the jobs' bucket, and stay there: the list of them is what is kept here.
for job in $(look get flinkdeployment -o 'jsonpath={.items[*].metadata.name}'); do
  snapshot=backup-$job-$stamp
  say "savepoint of $job as flinkstatesnapshot/$snapshot"
  [ -n "$dry" ] || kubectl -n tidegate create --filename - << YAML
apiVersion: flink.apache.org/v1beta1
kind: FlinkStateSnapshot
metadata: {name: $snapshot}
spec:
  jobReference: {kind: FlinkDeployment, name: $job}
  savepoint: {disposeOnDelete: false}
YAML
  kube wait "flinkstatesnapshot/$snapshot" --for=jsonpath='{.status.state}'=COMPLETED --timeout=$patience
  if [ -z "$dry" ]; then
    path=$(look get "flinkstatesnapshot/$snapshot" -o 'jsonpath={.status.path}')
    [ -n "$path" ] || { echo "backup: the savepoint of $job has no path" >&2; exit 1; }
    printf '%s %s\n' "$job" "$path" >> "$folder/savepoints"
    say "$job: $path"
  fi
done

# The registry last: nothing that topics or savepoints hold was written with a schema that it does not know.
for database in console registry; do
  say "pg_dump --format=custom --file=$folder/$database.dump, at $database-url of secret/tidegate-database"
  if [ -z "$dry" ]; then
    PGUSER=$(secret "$database-user") PGPASSWORD=$(secret "$database-password") \
      pg_dump --format=custom --no-password "--file=$folder/$database.dump" "--dbname=$(address "$database")"
    [ -s "$folder/$database.dump" ] || { echo "backup: $folder/$database.dump is empty" >&2; exit 1; }
  fi
done
[ -n "$dry" ] || printf '%s\n' "$stamp" > "$folder/complete"
say "done${dry:+: nothing was changed}"
