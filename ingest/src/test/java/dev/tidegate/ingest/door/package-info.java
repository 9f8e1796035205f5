/** Tests of the door: door. */
package dev.tidegate.ingest.door;
