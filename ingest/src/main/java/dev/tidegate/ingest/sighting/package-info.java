/**
 * What a bank knows of its customers besides payments. In: a file of who had which identifier when.
 * Out: sightings, identifiers of people as keyed tokens.
 */
@NullMarked
package dev.tidegate.ingest.sighting;

import org.jspecify.annotations.NullMarked;
