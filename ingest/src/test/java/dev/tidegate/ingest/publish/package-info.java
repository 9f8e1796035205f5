/** Tests of the door: publish. */
package dev.tidegate.ingest.publish;
