package dev.tidegate.console.log;

/**
 * A record that is no event of its topic.
 *
 * @param topicId Kafka's own id of the topic
 * @param partition number of the partition
 * @param offset offset of the record
 * @param reason why, in words; holds nothing of the record itself
 */
public record Unreadable(String topicId, int partition, long offset, String reason) {}
