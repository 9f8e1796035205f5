package dev.tidegate.ingest.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a feed is acknowledged. Everything it publishes after this stands in the topics at or
 * after the offsets.
 *
 * @param fingerprint the source
 * @param results rows dealt with
 * @param line physical line of the last of them, for people
 * @param complete true if the source was read to its end
 * @param offsets topic -> partition -> next offset
 */
public record FeedPosition(
    String fingerprint,
    long results,
    long line,
    boolean complete,
    Map<String, Map<Integer, Long>> offsets) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The position file of a source in a folder. */
  public static Path file(Path folder, String fingerprint) {
    return folder.resolve("feed-" + fingerprint.substring(0, 16) + ".json");
  }

  /**
   * The position of a source, or null if it was never fed.
   *
   * @throws FeedException if the file is there and is no position of this source
   */
  static @Nullable FeedPosition read(Path file, String fingerprint) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    FeedPosition position;
    try {
      position = JSON.readValue(Files.readAllBytes(file), FeedPosition.class);
    } catch (JsonProcessingException e) {
      throw new FeedException(
          "the position file " + file + " is damaged; delete it to feed from the start", e);
    }
    if (!fingerprint.equals(position.fingerprint())) {
      throw new FeedException(
          "the position file " + file + " is of another source; delete it to feed from the start");
    }
    return position;
  }

  /** Writes the position so that a crash leaves the old one or the new one. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A copy of offsets that later changes do not touch. */
  static Map<String, Map<Integer, Long>> copy(Map<String, Map<Integer, Long>> offsets) {
    Map<String, Map<Integer, Long>> copy = new TreeMap<>();
    offsets.forEach((topic, partitions) -> copy.put(topic, new TreeMap<>(partitions)));
    return copy;
  }
}
