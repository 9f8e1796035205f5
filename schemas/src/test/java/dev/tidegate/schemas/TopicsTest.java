package dev.tidegate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue and its page in the docs say the same. */
final class TopicsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("tidegate.home"), "docs", "reference", "topics.md");

  @Test
  void shouldNameEachTopicOnce() {
    assertThat(Arrays.stream(Topics.values()).map(Topics::topic)).doesNotHaveDuplicates();
  }

  @Test
  void shouldHaveAWriterAndAReaderForEachTopic() {
    assertThat(Topics.values())
        .allSatisfy(
            topic -> {
              assertThat(topic.flow().writers()).isNotEmpty();
              assertThat(topic.flow().readers()).isNotEmpty();
            });
  }

  /** Written anew by {@code mvn -pl schemas test -Dtidegate.docs.write=true}. */
  @Test
  void shouldMatchTheReferencePage() throws IOException {
    if (Boolean.getBoolean("tidegate.docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).content().isEqualTo(page());
  }

  private static String page() {
    return """
        # Topics

        Made from the catalogue in `schemas` (`dev.tidegate.schemas.Topics`). Keys are UTF-8 strings.
        Values are Avro in Confluent's wire format (a zero byte, the schema's id as a big-endian int,
        Avro binary) under the subject `<topic>-value`, compatibility FULL_TRANSITIVE. A record
        without a value on `transactions` is a heartbeat: its header `tidegate-heartbeat-ms` says up
        to which time no payment is still to come from its door.

        | topic | key | value | partitions | kept | written by | read by |
        | --- | --- | --- | --- | --- | --- | --- |
        """
        + Arrays.stream(Topics.values()).map(TopicsTest::row).collect(Collectors.joining());
  }

  private static String row(Topics topic) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %d | %s | %s | %s |\n",
        topic.topic(),
        topic.key(),
        topic.value().getSimpleName(),
        topic.partitions(),
        topic.retention().text(),
        String.join(", ", topic.flow().writers()),
        String.join(", ", topic.flow().readers()));
  }
}
