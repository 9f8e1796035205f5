package dev.tidegate.scoring.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.scoring.onnx.OnnxFixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ManifestTest {
  private final Manifest manifest = ReleaseFixtures.manifest(OnnxFixtures.forest(4, 5, 1), 4, 0.75);

  @Test
  void shouldReadWhatItWrote() {
    assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
  }

  @Test
  void shouldWriteTheSameBytesForTheSameManifest() {
    Manifest read = ManifestJson.read(ManifestJson.write(manifest));

    assertThat(ManifestJson.write(read)).isEqualTo(ManifestJson.write(manifest));
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8))
        .startsWith("{\n  \"release\" : \"fixture-0001\",\n")
        .contains("\"prAuc\" : 0.4,\n    \"rocAuc\" : 0.9")
        .endsWith("}\n")
        .doesNotContain("\r");
  }

  @Property(tries = 300)
  boolean shouldKeepEveryBitOfAGoldenVector(@ForAll float value) {
    Manifest with = withGolden(value);
    float read = ManifestJson.read(ManifestJson.write(with)).golden().rows()[0];
    return Float.floatToIntBits(read) == Float.floatToIntBits(value);
  }

  @Test
  void shouldKeepSequencesAndReadManifestsThatNameNone() {
    String without = new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    assertThat(without).doesNotContain("sequences");
    assertThat(manifest.layout().width()).isEqualTo(4);

    String with =
        without
            .replaceFirst(
                "\\n}\\n$",
                ",\n\"sequences\":[{\"entity\":\"account\",\"place\":1,\"length\":2,\"fields\":1}]}")
            .replace("\"feature_2\", \"feature_3\"", "\"feature_2\"")
            .replace("\"feature_1\", \"feature_2\"", "\"feature_1\"");
    Manifest read = ManifestJson.read(with.getBytes(StandardCharsets.UTF_8));

    assertThat(read.sequences()).containsExactly(new SequenceInput("account", 1, 2, 1));
    assertThat(read.width()).isEqualTo(2);
    assertThat(read.layout().width()).isEqualTo(4);
    assertThat(ManifestJson.read(ManifestJson.write(read))).isEqualTo(read);
  }

  @Test
  void shouldRefuseAMissingKeyByName() {
    assertRefused("  \"threshold\" : 0.75,\n", "", "threshold");
  }

  @Test
  void shouldRefuseAnUnknownKeyByName() {
    assertRefused("\"threshold\"", "\"treshold\" : 1, \"threshold\"", "treshold");
  }

  @Test
  void shouldRefuseAThresholdThatIsNoProbability() {
    assertRefused("\"threshold\" : 0.75", "\"threshold\" : 1.5", "threshold must be in [0, 1]");
    assertRefused("\"threshold\" : 0.75", "\"threshold\" : \"NaN\"", "threshold must be in [0, 1]");
  }

  @Test
  void shouldSayItsLaneUnlessItIsThatOfPayments() {
    Manifest aml = manifest.of(ScoringLane.AML);

    assertThat(new String(ManifestJson.write(aml), StandardCharsets.UTF_8))
        .contains("\"lane\" : \"aml\"");
    assertThat(ManifestJson.read(ManifestJson.write(aml))).isEqualTo(aml);
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8))
        .doesNotContain("lane");
    assertThat(manifest.lane()).isEmpty();
  }

  @Test
  void shouldKeepThresholdsByChannel() {
    Manifest by = manifest.withChannelThresholds(Map.of("instant", 0.25, "card", 0.5));

    Manifest read = ManifestJson.read(ManifestJson.write(by));

    assertThat(read.channelThresholds()).isEqualTo(by.channelThresholds());
    assertThat(read.thresholdOf("instant")).isEqualTo(0.25);
    assertThat(read.thresholdOf("branch")).isEqualTo(0.75);
    assertThat(read.thresholdOf(null)).isEqualTo(0.75);
    assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8))
        .doesNotContain("channelThresholds");
    assertThatThrownBy(() -> manifest.withChannelThresholds(Map.of("card", 1.5)))
        .hasMessage("channelThresholds must be in [0, 1]");
  }

  @Test
  void shouldRefuseATimeThatIsNoInstant() {
    assertRefused("2026-01-01T00:00:00Z", "1 January", "training.since is not an ISO-8601 instant");
    assertRefused("P7D", "a week", "training.labelDelay is not an ISO-8601 duration");
  }

  @Test
  void shouldRefuseAPathAsFileName() {
    assertRefused("\"model.onnx\"", "\"../model.onnx\"", "modelFile must be a plain file name");
    assertRefused("\"fixture-0001\"", "\"..\"", "release must be");
  }

  @Test
  void shouldRefuseAGoldenScoreThatIsNoNumber() {
    assertThatThrownBy(() -> Manifest.Golden.of(new float[][] {{1}}, new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("golden.scores");
  }

  @Test
  void shouldRefuseAGoldenVectorOfAnotherWidth() {
    assertRefused("\"feature_3\"", "\"feature_3\", \"feature_4\"", "not 5 features wide");
  }

  @Test
  void shouldRefuseEdgesThatDescend() {
    List<Double> edges = List.of(0.1, 0.2, 0.3, 0.4, 0.35, 0.6, 0.7, 0.8, 0.9);

    assertThatThrownBy(
            () -> new Manifest.ReferenceScores(edges, manifest.referenceScores().counts()))
        .hasMessageContaining("ascend");
  }

  private void assertRefused(String from, String to, String reason) {
    String json = new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    assertThatThrownBy(
            () -> ManifestJson.read(json.replace(from, to).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static Manifest withGolden(float value) {
    Manifest base = ReleaseFixtures.manifest(OnnxFixtures.echo(), 1, 0.5);
    return new Manifest(
        base.release(),
        base.model(),
        base.createdFrom(),
        base.featureDigest(),
        base.featureNames(),
        base.modelFile(),
        base.modelSha256(),
        base.threshold(),
        base.alertBudgetPercent(),
        base.training(),
        base.metrics(),
        base.referenceScores(),
        Manifest.Golden.of(new float[][] {{value}}, new double[] {0.5}),
        base.sequences(),
        base.channelThresholds(),
        Map.of(),
        "");
  }
}
