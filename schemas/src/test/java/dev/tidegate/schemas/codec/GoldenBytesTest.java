package dev.tidegate.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.ShadowScore;
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
  void shouldHaveOneSampleForEachKindOfValue() {
    List<? extends Class<?>> samples =
        SampleEvents.all().stream().map(SpecificRecord::getClass).toList();

    assertThat(Arrays.stream(Topics.values()).<Class<?>>map(Topics::value).distinct().toList())
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

  @Test
  void shouldReadVectorsOfBeforeTheyHadSequences() throws IOException {
    FeatureVector expected = SampleEvents.featuresWithoutSequences();
    registry.register("any", text("/golden/FeatureVector-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/FeatureVector-1.hex"))).isEqualTo(expected);
    assertThat(expected.getSequences()).isEmpty();
  }

  @Test
  void shouldReadRulesOfBeforeTheyHadAKindAndATime() throws IOException {
    SpecificRecord expected =
        samples()
            .filter(sample -> topicOf(sample.getClass()) == Topics.RULES)
            .findFirst()
            .orElseThrow();
    registry.register("any", text("/golden/Rule-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/Rule-1.hex"))).isEqualTo(expected);
  }

  @Test
  void shouldReadAlertsOfBeforeTheyNamedTheirRuleSet() throws IOException {
    Alert expected = SampleEvents.alertWithoutRuleSet();
    registry.register("any", text("/golden/Alert-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/Alert-1.hex"))).isEqualTo(expected);
  }

  @Test
  void shouldReadRequestsOfBeforeTheySaidWhatToRead() throws IOException {
    RetrainRequest expected = RetrainSamples.requestOfBeforeItSaidWhatToRead();
    registry.register("any", text("/golden/RetrainRequest-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/RetrainRequest-1.hex"))).isEqualTo(expected);
    assertThat(expected.getOffsets()).isEmpty();
  }

  @Test
  void shouldReadRunsOfBeforeTheyNamedTheirJob() throws IOException {
    RetrainRun expected = RetrainSamples.runOfBeforeItNamedItsJob();
    registry.register("any", text("/golden/RetrainRun-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/RetrainRun-1.hex"))).isEqualTo(expected);
  }

  @Test
  void shouldReadSignalsOfBeforeTheyCarriedTheirPayment() throws IOException {
    GraphSignal expected = GraphSampleEvents.signalWithoutTransaction();
    registry.register("any", text("/golden/GraphSignal-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/GraphSignal-1.hex"))).isEqualTo(expected);
  }

  @Test
  void shouldReadSignalsOfBeforeTheySaidWhatWasCutOff() throws IOException {
    GraphSignal expected = GraphSampleEvents.signalThatNothingCut();
    registry.register("any", text("/golden/GraphSignal-2.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/GraphSignal-2.hex"))).isEqualTo(expected);
    assertThat(expected.getCut()).isFalse();
  }

  @Test
  void shouldReadPatternAlertsOfBeforeSomeWereMined() throws IOException {
    PatternAlert expected = GraphSampleEvents.patternOfTheStream();
    registry.register("any", text("/golden/PatternAlert-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/PatternAlert-1.hex"))).isEqualTo(expected);
    assertThat(expected.getMined()).isNull();
  }

  @Test
  void shouldReadReadingsOfBeforeMonitorsFilled() throws IOException {
    DriftMeasurement expected = SampleEvents.driftOfBeforeMonitorsFilled();
    registry.register("any", text("/golden/DriftMeasurement-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/DriftMeasurement-1.hex"))).isEqualTo(expected);
  }

  @Test
  void shouldReadShadowScoresOfBeforeTheyToldWhoPays() throws IOException {
    ShadowScore expected = SampleEvents.shadowWithoutPayer();
    registry.register("any", text("/golden/ShadowScore-1.avsc"));

    assertThat(codec(expected).decode(bytes("/golden/ShadowScore-1.hex"))).isEqualTo(expected);
    assertThat(expected.getPayerAccount()).isEmpty();
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
    return bytes("/golden/" + sample.getClass().getSimpleName() + ".hex");
  }

  private static byte[] bytes(String file) throws IOException {
    return HexFormat.of().parseHex(text(file).replaceAll("\\s", ""));
  }

  private static String text(String file) throws IOException {
    try (InputStream in = GoldenBytesTest.class.getResourceAsStream(file)) {
      assertThat(in).as("there is a golden %s", file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
