package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.FeatureVector;
import java.util.List;

/**
 * What one poll brought.
 *
 * @param records number of records
 * @param vectors those to decide: readable, and not decided before
 * @param duplicates vectors of payments decided before
 * @param undecodable records that are no vector
 */
record Intake(int records, List<FeatureVector> vectors, int duplicates, int undecodable) {}
