/**
 * The whole platform in one process on real parts: a KRaft broker, a registry and a database as
 * guarded child processes, and a Flink mini cluster, all in one data directory. In: a directory and
 * {@link dev.tidegate.lab.platform.PlatformOptions}; out: addresses, running jobs, and a clean
 * stop.
 */
@NullMarked
package dev.tidegate.lab.platform;

import org.jspecify.annotations.NullMarked;
