#!/usr/bin/env bash
# What a job manager in native mode starts its task managers with.
set -euo pipefail
exec flink-process taskmanager org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner "$@"
