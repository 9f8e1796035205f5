#!/usr/bin/env bash
# Puts back what k8s/backup.sh kept, over topics that are whole: databases, then the jobs from their savepoints, then
# the page. Payments that were decided since are read back from their topics: docs/operating/upgrades.md.
#   k8s/restore.sh FOLDER [--dry-run]     --dry-run prints the steps and changes nothing
# Needs kubectl and, with a way to the databases, pg_restore and psql. Ends at the first step that fails; called again, it
# begins anew.
set -euo pipefail
usage="usage: restore.sh FOLDER [--dry-run]"
folder=${1:?$usage}
dry=${2:-}
case $dry in '' | --dry-run) ;; *) echo "restore: unknown option $dry" >&2; exit 2 ;; esac
[ -s "$folder/complete" ] || { echo "restore: $folder is no complete backup" >&2; exit 2; }
for file in savepoints replicas; do
  [ -e "$folder/$file" ] || { echo "restore: $folder has no $file" >&2; exit 2; }
done
for file in registry.dump console.dump; do
  [ -s "$folder/$file" ] || { echo "restore: $folder has no $file" >&2; exit 2; }
done
say() { printf 'restore: %s\n' "$*"; }
. "$(dirname -- "${BASH_SOURCE[0]}")/cluster.sh"

# As many as there are; where a run that was cut short stopped them, as many as there were at the backup.
replicas() {
  local count
  count=$(look get "deployment/$1" -o 'jsonpath={.spec.replicas}')
  [ "${count:-0}" -gt 0 ] || count=$(sed -n "s/^$1 \([0-9]\{1,\}\)$/\1/p" "$folder/replicas")
  [ -n "$count" ] || { say "$folder does not say how many of $1 there were" >&2; exit 1; }
  printf '%s' "$count"
}
stop() {
  kube scale "deployment/$1" --replicas=0
  kube wait --for=delete pod --selector "app.kubernetes.io/name=$1" --timeout=$patience
}
start() { # NAME REPLICAS
  kube scale "deployment/$1" "--replicas=$2"
  kube rollout status "deployment/$1" --timeout=$patience
}

# For psql, in one transaction: what the login has there goes, also tables of a newer version, at which pg_restore's
# own way of making room ends; then what was kept comes. Where a dump is cut short there is no commit.
statements() { # FILE
  cat << 'SQL'
begin;
set local client_min_messages = warning;
do $$
declare one text;
begin
  for one in
    select format('drop %s if exists %I.%I cascade',
        case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table'
          when 'S' then 'sequence' else 'table' end, n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and pg_get_userbyid(c.relowner) = current_user
        and not exists (select from pg_depend d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by c.relkind = 'S'
  loop
    execute one;
  end loop;
end $$;
SQL
  # A client of 17 or newer sets what an older server does not know.
  pg_restore --clean --if-exists --no-owner --exit-on-error --file=- "$1" |
    sed '1,40{/^SET transaction_timeout = 0;$/d}'
  echo 'commit;'
}

# All that is asked is known before anything is stopped.
for tool in pg_restore psql; do
  [ -n "$dry" ] || command -v "$tool" > /dev/null || { echo "restore: there is no $tool here" >&2; exit 2; }
done
for name in registry console; do
  database "$name"
done
pages=$(replicas console)
registries=$(replicas registry)

# Nobody writes to a database that is put back.
stop console
stop registry
for name in registry console; do
  say "pg_restore $folder/$name.dump to psql, in one transaction, at $name-url of secret/tidegate-database"
  if [ -z "$dry" ]; then
    database "$name"
    statements "$folder/$name.dump" |
      PGUSER=$login PGPASSWORD=$password psql --no-psqlrc --quiet --no-password --set=ON_ERROR_STOP=1 \
        "--dbname=$address" > /dev/null
  fi
done
start registry "$registries"

# A job leaves what it knows, and reads on from where its savepoint stood.
nonce=$(date -u +%s)
[ -s "$folder/savepoints" ] || say "no savepoints in $folder: jobs are left as they are"
while read -r job path <&3; do
  kube patch "flinkdeployment/$job" --type=merge \
    --patch "{\"spec\":{\"job\":{\"initialSavepointPath\":\"$path\",\"savepointRedeployNonce\":$nonce}}}"
  version=NEW
  [ -n "$dry" ] || version=$(look get "flinkdeployment/$job" -o jsonpath='{.metadata.generation}')
  kube wait "flinkdeployment/$job" "--for=jsonpath={.status.observedGeneration}=$version" --timeout=$patience
  kube wait "flinkdeployment/$job" --for=jsonpath='{.status.lifecycleState}'=STABLE --timeout=$patience
  kube wait "flinkdeployment/$job" --for=jsonpath='{.status.jobStatus.state}'=RUNNING --timeout=$patience
done 3< "$folder/savepoints"

# Its offsets stand in its database: it reads the alerts since then again, each once.
start console "$pages"
say "done${dry:+: nothing was changed}"
