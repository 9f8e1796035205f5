package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.tidegate.schemas.metric.Metric.Declaration;
import dev.tidegate.scoring.loop.ScoringMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Metrics and tags in alert rules and dashboards against what stages declare. */
final class Metrics implements Check {
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern TAGS = Pattern.compile("([a-z_]+)\\{([^}]*)}");
  private static final Pattern TAG = Pattern.compile("([a-z_]+)\\s*=~?\\s*\"([^\"]*)\"");

  /** Metrics of the engines that are looked at, as their documentation names them. */
  private static final Set<String> ENGINES =
      Set.of(
          "flink_jobmanager_job_numRestarts",
          "flink_jobmanager_job_lastCheckpointDuration",
          "flink_jobmanager_job_numberOfFailedCheckpoints",
          "kafka_server_replicamanager_underreplicatedpartitions");

  private static final Set<String> LANGUAGE =
      Set.of(
          "sum",
          "max",
          "min",
          "rate",
          "increase",
          "histogram_quantile",
          "by",
          "le",
          "pod",
          "and",
          "or",
          "absent",
          "job_name",
          "m",
          "h");

  private final Map<String, Declaration> shown = new TreeMap<>();
  private final Set<String> tags = new TreeSet<>();

  Metrics() {
    Stream.<Metric[]>of(
            IngestMetric.values(),
            FeaturesMetric.values(),
            FeaturesCheckMetric.values(),
            GraphMetric.values(),
            LinksMetric.values(),
            JoinMetric.values(),
            ScoringMetric.values(),
            RetrainMetric.values(),
            LaunchMetric.values(),
            RequestMetric.values(),
            ConsoleMetric.values())
        .flatMap(Stream::of)
        .forEach(metric -> show(metric.declared()));
  }

  private void show(Declaration declared) {
    String name = declared.metric().replace('.', '_');
    switch (declared.kind()) {
      case COUNTER -> shown.put(name + "_total", declared);
      case GAUGE -> shown.put(name, declared);
      case HISTOGRAM ->
          List.of("_bucket", "_sum", "_count", "_max")
              .forEach(end -> shown.put(name + end, declared));
    }
    declared.tags().forEach(tag -> tags.add(tag.name()));
  }

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      if (manifest.kind().equals("PrometheusRule")) {
        manifest
            .spec()
            .findValues("expr")
            .forEach(expression -> expression(manifest.label(), expression.asText(), findings));
      }
    }
    return findings;
  }

  /** What is wrong in a Grafana dashboard. */
  List<String> dashboard(String source, JsonNode dashboard) {
    List<String> findings = new ArrayList<>();
    List<JsonNode> expressions = dashboard.findValues("expr");
    if (expressions.isEmpty()) {
      findings.add(source + ": asks for no metric");
    }
    expressions.forEach(expression -> expression(source, expression.asText(), findings));
    return findings;
  }

  private void expression(String source, String text, List<String> findings) {
    Matcher words = WORD.matcher(text.replaceAll("\"[^\"]*\"", "").replaceAll("\\[[0-9a-z]*]", ""));
    while (words.find()) {
      String word = words.group();
      if (!shown.containsKey(word)
          && !ENGINES.contains(word)
          && !LANGUAGE.contains(word)
          && !tags.contains(word)) {
        findings.add(source + ": no metric or tag " + word + ", in " + text);
      }
    }
    Matcher selected = TAGS.matcher(text);
    while (selected.find()) {
      Declaration declared = shown.get(selected.group(1));
      if (declared != null) {
        tags(source, declared, selected.group(2), findings);
      }
    }
  }

  private static void tags(
      String source, Declaration declared, String selector, List<String> findings) {
    Matcher pairs = TAG.matcher(selector);
    while (pairs.find()) {
      String name = pairs.group(1);
      String value = pairs.group(2);
      Optional<Metric.Tag> tag =
          declared.tags().stream().filter(own -> own.name().equals(name)).findFirst();
      boolean chosen = value.equals("$" + name); // by who looks at a dashboard
      if (tag.isEmpty() || !(chosen || tag.get().values().contains(value))) {
        findings.add(
            source
                + ": "
                + declared.metric()
                + " has no tag "
                + name
                + "="
                + value
                + ", only "
                + declared.tags().stream().map(Metric.Tag::toString).collect(Collectors.joining()));
      }
    }
  }
}
