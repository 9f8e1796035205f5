/** Tests of the door: profile. */
package dev.tidegate.ingest.profile;
