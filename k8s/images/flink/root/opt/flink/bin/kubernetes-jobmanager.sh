#!/usr/bin/env bash
# What Flink's operator starts in native mode: kubernetes-jobmanager.sh (kubernetes-application|kubernetes-session) ...
set -euo pipefail
case ${1:-} in
  kubernetes-application) main=org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint ;;
  kubernetes-session) main=org.apache.flink.kubernetes.entrypoint.KubernetesSessionClusterEntrypoint ;;
  *) echo "usage: kubernetes-jobmanager.sh (kubernetes-application|kubernetes-session) [ARGUMENT...]" >&2; exit 2 ;;
esac
shift
exec flink-process jobmanager "$main" "$@"
