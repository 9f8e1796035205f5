package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.alone.StageName;
import dev.tidegate.features.FeaturesJob;
import dev.tidegate.features.archive.HistoryJob;
import dev.tidegate.graphaml.GraphJob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each stage of {@code tidegate run} is deployed once, as a Deployment that runs it or as the
 * FlinkDeployment of its job; and each Deployment of the image runs a stage. The AML lane's scorer
 * and the check of features, which needs a mount of the history, are options: deployed once at
 * most.
 */
final class EveryStage implements Check {
  private static final Map<String, StageName> JOBS =
      Map.of(
          FeaturesJob.class.getName(), StageName.FEATURES,
          GraphJob.class.getName(), StageName.GRAPH_AML,
          HistoryJob.class.getName(), StageName.HISTORY);

  private static final Set<StageName> OPTIONAL =
      EnumSet.of(StageName.SCORING_AML, StageName.FEATURES_CHECK);

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    Map<StageName, List<String>> deployed = new EnumMap<>(StageName.class);
    for (Manifest manifest : manifests) {
      if (manifest.kind().equals("FlinkDeployment")) {
        StageName stage = JOBS.get(manifest.spec().path("job").path("entryClass").asText());
        add(stage, manifest, deployed, findings);
      } else if (manifest.kind().equals("Deployment")) {
        for (JsonNode container : manifest.containers()) {
          if (container.path("image").asText().matches("(.*/)?tidegate(-gpu)?(:.*)?")) {
            add(stage(container.path("args")), manifest, deployed, findings);
          }
        }
      }
    }
    for (StageName stage : StageName.values()) {
      List<String> by = deployed.getOrDefault(stage, List.of());
      boolean off = OPTIONAL.contains(stage) && by.isEmpty();
      if (by.size() != 1 && !off) {
        findings.add(
            "stage "
                + stage.word()
                + (by.isEmpty() ? " is not deployed" : " is deployed more than once: " + by));
      }
    }
    return findings;
  }

  private static void add(
      StageName stage,
      Manifest manifest,
      Map<StageName, List<String>> deployed,
      List<String> findings) {
    if (stage == null) {
      findings.add(manifest.label() + ": runs no stage");
    } else {
      deployed.computeIfAbsent(stage, any -> new ArrayList<>()).add(manifest.label());
    }
  }

  private static StageName stage(JsonNode args) {
    for (StageName stage : StageName.values()) {
      if (args.path(0).asText().equals("run") && args.path(1).asText().equals(stage.word())) {
        return stage;
      }
    }
    return null;
  }
}
