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
stamp=$(date -u +%Y%m%d-%H%M%S)
say() { printf 'backup: %s\n' "$*"; }
. "$(dirname -- "${BASH_SOURCE[0]}")/cluster.sh"

# With edge each job is a Deployment, and its state stands on that one's volume. Flink's operator makes Deployments too,
# of its own type. No job at all is no environment to back up.
kinds=$(look api-resources --api-group=flink.apache.org -o name)
jobs=
case $kinds in
  *flinkdeployments*) jobs=$(look get flinkdeployment -o 'jsonpath={.items[*].metadata.name}') ;;
esac
if [ -z "$jobs" ]; then
  stages=$(look get deployment --selector 'app.kubernetes.io/name=features,type!=flink-native-kubernetes' -o name)
  [ -n "$stages" ] || { echo "backup: no job is there, neither by Flink's operator nor as a Deployment" >&2; exit 1; }
  say "no job runs by Flink's operator: no savepoints; the jobs' state is on the volumes of their Deployments"
fi
for name in console registry; do
  database "$name"
done

if [ -z "$dry" ]; then
  mkdir -p "$folder"
  chmod 700 "$folder"
fi

# So that a restore that was cut short still knows how many there were.
for name in console registry; do
  count=$(look get "deployment/$name" -o 'jsonpath={.spec.replicas}')
  case $count in '' | *[!0-9]*) echo "backup: deployment/$name has no count of pods" >&2; exit 1 ;; esac
  [ -n "$dry" ] || printf '%s %s\n' "$name" "$count" >> "$folder/replicas"
done

# Groups' offsets first: whatever is newer below is read once more, never left out. Kafka has no way in but by TLS and a
# user's certificate, so a broker's own tool asks as the user backup; key and certificate go by standard input. The tool
# ends with 0 whatever happened: no offsets is a failure.
say "offsets of all groups, by kafka-consumer-groups.sh in a broker's pod, to $folder/offsets.csv"
if [ -z "$dry" ]; then
  brokers=$(look get pod --selector strimzi.io/cluster=tidegate,strimzi.io/broker-role=true \
    --field-selector status.phase=Running -o 'jsonpath={.items[*].metadata.name}')
  [ -n "$brokers" ] || { echo "backup: no broker runs" >&2; exit 1; }
  ca=$(secret tidegate-cluster-ca-cert ca.crt)
  certificate=$(secret backup user.crt)
  key=$(secret backup user.key)
  printf '%s\n' security.protocol=SSL ssl.truststore.type=PEM ssl.keystore.type=PEM \
    "ssl.truststore.certificates=${ca//$'\n'/\\n}" \
    "ssl.keystore.certificate.chain=${certificate//$'\n'/\\n}" "ssl.keystore.key=${key//$'\n'/\\n}" |
    look exec -i "${brokers%% *}" -c kafka -- bash -c 'umask 077; file=$(mktemp); trap "rm -f $file" EXIT; cat > "$file"
      /opt/kafka/bin/kafka-consumer-groups.sh --bootstrap-server tidegate-kafka-bootstrap:9093 \
        --command-config "$file" --describe --all-groups' |
    awk '$1 == "GROUP" { for (i = 1; i <= NF; i++) if ($i == "CURRENT-OFFSET") at = i; next }
      at && $3 ~ /^[0-9]+$/ && $at ~ /^[0-9]+$/ { print $1 "," $2 "," $3 "," $at }' > "$folder/offsets.csv"
  [ -s "$folder/offsets.csv" ] || { echo "backup: Kafka told no group's offsets" >&2; exit 1; }
fi

# Savepoints stand in the jobs' bucket, and stay there: the list of them is what is kept here, empty where there is none.
[ -n "$dry" ] || : > "$folder/savepoints"
for job in $jobs; do
  snapshot=backup-$job-$stamp
  say "savepoint of $job as flinkstatesnapshot/$snapshot"
  [ -n "$dry" ] || look create --filename - << YAML
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
for name in console registry; do
  say "pg_dump --format=custom --file=$folder/$name.dump, at $name-url of secret/tidegate-database"
  if [ -z "$dry" ]; then
    database "$name"
    PGUSER=$login PGPASSWORD=$password \
      pg_dump --format=custom --no-password "--file=$folder/$name.dump" "--dbname=$address"
    [ -s "$folder/$name.dump" ] || { echo "backup: $folder/$name.dump is empty" >&2; exit 1; }
  fi
done
[ -n "$dry" ] || printf '%s\n' "$stamp" > "$folder/complete"
say "done${dry:+: nothing was changed}"
