/**
 * How this process proves itself to Kafka and to the registry. In: files that whoever runs the
 * process names. Out: properties for every client it makes.
 */
package dev.tidegate.schemas.access;
