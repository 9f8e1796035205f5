package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.ConsoleMetric;
import dev.tidegate.features.FeaturesCheckMetric;
import dev.tidegate.features.FeaturesMetric;
import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.LinksMetric;
import dev.tidegate.graphaml.lane.JoinMetric;
import dev.tidegate.ingest.publish.IngestMetric;
import dev.tidegate.retrain.drift.RetrainMetric;
import dev.tidegate.retrain.launch.LaunchMetric;
import dev.tidegate.retrain.request.RequestMetric;
import dev.tidegate.schemas.metric.Metric;
import dev.tidegate.scoring.loop.ScoringMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference page of metrics says what the stages declare. */
final class MetricsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("tidegate.home"), "docs", "reference", "metrics.md");

  /** Each stage's metrics, under the first word of their names. */
  private static Map<String, List<Metric>> stages() {
    Map<String, List<Metric>> stages = new LinkedHashMap<>();
    stages.put("ingest", List.of(IngestMetric.values()));
    stages.put("features", features());
    stages.put("graphaml", graph());
    stages.put("scoring", List.of(ScoringMetric.values()));
    stages.put("retrain", retrain());
    stages.put("console", List.of(ConsoleMetric.values()));
    return stages;
  }

  private static List<Metric> features() {
    return Stream.<Metric[]>of(FeaturesMetric.values(), FeaturesCheckMetric.values())
        .flatMap(Stream::of)
        .toList();
  }

  private static List<Metric> graph() {
    return Stream.<Metric[]>of(GraphMetric.values(), LinksMetric.values(), JoinMetric.values())
        .flatMap(Stream::of)
        .toList();
  }

  private static List<Metric> retrain() {
    return Stream.<Metric[]>of(
            RetrainMetric.values(), RequestMetric.values(), LaunchMetric.values())
        .flatMap(Stream::of)
        .toList();
  }

  @Test
  void shouldNameEachMetricOnceUnderItsStage() {
    stages()
        .forEach(
            (stage, metrics) ->
                assertThat(metrics)
                    .extracting(Metric::metric)
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.startsWith(stage + ".")));
  }

  /** Written anew by {@code mvn -pl app -am test -Dtidegate.docs.write=true}. */
  @Test
  void shouldMatchTheReferencePage() throws IOException {
    if (Boolean.getBoolean("tidegate.docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).content().isEqualTo(page());
  }

  private static String page() {
    return """
        # Metrics

        Made from the enums that the stages declare them in. A tag's values are a closed set, never ids.
        Counters begin at 0 when the process starts.

        The console shows its process's metrics at `/metrics` for Prometheus: dots become underscores
        there, counters end in `_total`, histograms have `_bucket`, `_sum`, `_count` and `_max`. Under
        `./tidegate up` that is all of them but those of the two Flink jobs, `features` (save
        `features.check`) and `graphaml`, which stand in Flink's metric groups of their operators and go
        where Flink's reporters send them.
        """
        + stages().values().stream().map(MetricsPageTest::table).collect(Collectors.joining());
  }

  private static String table(List<Metric> metrics) {
    String stage = metrics.get(0).metric().split("\\.")[0];
    return Stream.concat(
            Stream.of(
                "\n## "
                    + stage
                    + "\n\n| metric | type | unit | tags | meaning |\n| --- | --- | --- | --- | --- |\n"),
            metrics.stream().map(MetricsPageTest::row))
        .collect(Collectors.joining());
  }

  private static String row(Metric metric) {
    Metric.Declaration declared = metric.declared();
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s |\n",
        declared.metric(),
        declared.kind().name().toLowerCase(Locale.ROOT),
        declared.unit(),
        declared.tags().stream()
            .map(tag -> "`" + tag.name() + "`: " + String.join(", ", tag.values()))
            .collect(Collectors.joining("; ")),
        declared.meaning());
  }
}
