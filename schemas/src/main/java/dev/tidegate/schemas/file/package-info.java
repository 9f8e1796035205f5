/**
 * Events in files, for bounded runs. In: files and folders of Avro object container files; out: the
 * same as readers, and as sources and sinks of Flink.
 */
package dev.tidegate.schemas.file;
