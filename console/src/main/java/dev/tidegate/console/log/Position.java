package dev.tidegate.console.log;

/**
 * Where to go on reading a partition.
 *
 * @param topicId Kafka's own id of the topic; a topic made anew under an old name has another
 * @param partition number of the partition
 * @param next offset of the next record to read
 */
public record Position(String topicId, int partition, long next) {}
