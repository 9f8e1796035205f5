#!/usr/bin/env bash
# Where a container of Flink begins. Flink's operator hands over the whole command in native mode ("bash -c
# 'kubernetes-jobmanager.sh ...'") and the first word in standalone mode. Needs bash and Java, nothing else.
set -euo pipefail
export PATH=/opt/flink/bin:$PATH
process=${1:-}
case $process in
  standalone-job) main=org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint kind=jobmanager ;;
  jobmanager) main=org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint kind=jobmanager ;;
  taskmanager) main=org.apache.flink.runtime.taskexecutor.TaskManagerRunner kind=taskmanager ;;
  '') echo "usage: docker-entrypoint.sh (standalone-job|jobmanager|taskmanager|COMMAND) [ARGUMENT...]" >&2; exit 2 ;;
  *) exec "$@" ;;
esac
shift
exec flink-process "$kind" "$main" "$@"
