package dev.tidegate.benchmarks.sizing;

import dev.tidegate.schemas.Topics;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;

/** How many bytes topics take in a broker's log, as the broker says, batches as they came. */
final class TopicBytes {
  private TopicBytes() {}

  /**
   * Bytes of each topic of the catalogue that has any, one copy.
   *
   * @throws IOException if the broker does not tell
   */
  static Map<String, Long> of(String bootstrapServers) throws IOException {
    Set<String> topics =
        Arrays.stream(Topics.values()).map(Topics::topic).collect(Collectors.toSet());
    Map<String, Long> bytes = new TreeMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<Integer> one =
          admin.describeCluster().nodes().get().stream().map(Node::id).limit(1).toList();
      for (Map<String, LogDirDescription> folders :
          admin.describeLogDirs(one).allDescriptions().get().values()) {
        for (LogDirDescription folder : folders.values()) {
          folder
              .replicaInfos()
              .forEach((partition, info) -> bytes.merge(partition.topic(), info.size(), Long::sum));
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("the broker does not tell how large its topics are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    bytes.keySet().retainAll(topics);
    bytes.values().removeIf(size -> size == 0);
    return bytes;
  }
}
