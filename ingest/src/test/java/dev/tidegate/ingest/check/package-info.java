/** Tests of the door: check. */
package dev.tidegate.ingest.check;
