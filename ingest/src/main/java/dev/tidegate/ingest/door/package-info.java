/**
 * The CSV door. In: a file or stream and its profile. Out, row by row: an accepted transaction with
 * its label, a rejection with its reason, a duplicate, or a row the profile leaves out.
 */
package dev.tidegate.ingest.door;
