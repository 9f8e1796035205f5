/** Tests of the door: csv. */
package dev.tidegate.ingest.csv;
