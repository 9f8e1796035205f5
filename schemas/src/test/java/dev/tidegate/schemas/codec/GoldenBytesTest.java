package dev.tidegate.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that stand on brokers already, one file an event in {@code golden/}: today's classes must
 * read them and write them again. A schema that grows by a field with a default breaks the writing
 * half: then add a golden of the new schema, and keep reading the old one with the schema it was
 * written with.
 */
final class GoldenBytesTest {
  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Test
  void shouldHaveOneSampleForEachTopic() {
    List<? extends Class<?>> samples =
        SampleEvents.all().stream().map(SpecificRecord::getClass).toList();

    assertThat(Arrays.stream(Topics.values()).<Class<?>>map(Topics::value).toList())
        .containsExactlyInAnyOrderElementsOf(samples);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldWriteTheGoldenBytes(SpecificRecord sample) throws IOException {
    assertThat(HexFormat.of().formatHex(codec(sample).encode(sample)))
        .isEqualTo(HexFormat.of().formatHex(golden(sample)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadTheGoldenBytes(SpecificRecord sample) throws IOException {
    registry.register("any", sample.getSchema().toString());

    assertThat(codec(sample).decode(golden(sample))).isEqualTo(sample);
  }

  static Stream<SpecificRecord> samples() {
    return SampleEvents.all().stream();
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> EventCodec<T> codec(T sample) {
    Class<T> type = (Class<T>) sample.getClass();
    return EventCodec.of(topicOf(type), type, registry);
  }

  private static Topics topicOf(Class<?> type) {
    return Arrays.stream(Topics.values())
        .filter(topic -> topic.value().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] golden(SpecificRecord sample) throws IOException {
    String file = "/golden/" + sample.getClass().getSimpleName() + ".hex";
    try (InputStream hex = GoldenBytesTest.class.getResourceAsStream(file)) {
      assertThat(hex).as("there is a golden %s", file).isNotNull();
      String text = new String(hex.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
  }
}
