package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.FeatureVector;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A batch.
 *
 * @param records number of records
 * @param vectors those to decide: readable, and not decided before
 * @param duplicates vectors of payments decided before
 * @param undecodable records that are no vector
 * @param next by partition the offset behind its last record, to commit when all is written
 */
record Intake(
    int records,
    List<FeatureVector> vectors,
    int duplicates,
    int undecodable,
    Map<TopicPartition, OffsetAndMetadata> next) {}
