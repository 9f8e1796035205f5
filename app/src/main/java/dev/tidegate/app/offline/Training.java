package dev.tidegate.app.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.app.Refused;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.release.ModelName;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.graphaml.lane.JoinedSet;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.retrain.release.MadeRelease;
import dev.tidegate.retrain.release.ReleaseMaker;
import dev.tidegate.retrain.release.ReleaseSpec;
import dev.tidegate.retrain.stability.ReferenceFile;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.release.ScoringLane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file with labels to a release: a model, checked and written whole or not at all. */
public final class Training {
  private static final String PART_PR_AUC = ".validationPrAuc";

  private Training() {}

  /**
   * A release that was made.
   *
   * @param folder where it stands
   * @param manifest what it says of itself
   */
  public record Outcome(Path folder, Manifest manifest) {
    /** The figures as one JSON object. */
    public String json() throws JsonProcessingException {
      JsonMapper mapper = new JsonMapper();
      ObjectNode node = mapper.createObjectNode();
      node.put("release", manifest.release()).put("folder", folder.toString());
      node.put("threshold", manifest.threshold()).put("modelSha256", manifest.modelSha256());
      node.set("training", mapper.valueToTree(manifest.training()));
      node.set("metrics", mapper.valueToTree(manifest.metrics()));
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
  }

  /**
   * Trains.
   *
   * @throws Refused if the request cannot be met as asked
   * @throws dev.tidegate.retrain.train.NotTrainable if too few frauds are known
   */
  public static Outcome run(TrainingRequest request, Terminal terminal) throws Exception {
    ModelName.of(request.choice().release(), request.choice().lane()); // refused before it trains
    Catalogue catalogue = DeclaredFeatures.read(request.choice().features());
    Columns columns = Columns.of(catalogue, request.choice().lane());
    try (FeatureRows rows = rows(request, catalogue, terminal)) {
      TrainingWindow window = window(request, rows);
      terminal.say("  " + window.explain());
      TrainedRows trainedRows = new TrainedRows();
      RowLayout layout =
          new RowLayout(columns.names().size(), request.choice().kind().sequences(catalogue));
      TrainingSet set = set(rows, columns, window, layout, trainedRows);
      terminal.say(
          "  "
              + Figures.count(set.rows())
              + " payments train, "
              + Figures.count(set.positives())
              + " of them fraud");
      TrainedModel trained = train(request, set, terminal);
      MadeRelease made = ReleaseMaker.make(spec(request, columns), window, set, trained);
      Path folder =
          write(
              request,
              catalogue,
              made,
              ReferenceFile.write(
                  made.withScores(trainedRows.references(set, catalogue.reachMs()))));
      tell(made.manifest(), folder, terminal);
      return new Outcome(folder, made.manifest());
    }
  }

  /** What the values of a lane's vectors are. */
  private record Columns(List<String> names, String digest) {
    static Columns of(Catalogue catalogue, ScoringLane lane) {
      if (lane == ScoringLane.PAYMENTS) {
        return new Columns(catalogue.names(), catalogue.digest());
      }
      JoinedSet joined = Releases.joined(catalogue);
      return new Columns(joined.names(), joined.digest());
    }
  }

  private static FeatureRows rows(TrainingRequest request, Catalogue catalogue, Terminal terminal)
      throws Exception {
    Duration delay = request.labels().delay();
    return request.choice().lane() == ScoringLane.PAYMENTS
        ? FeatureRows.of(request.source(), catalogue, delay, terminal)
        : FeatureRows.joined(request.source(), catalogue, delay, terminal);
  }

  private static TrainingWindow window(TrainingRequest request, FeatureRows rows) {
    LabelledFile source = request.source();
    TimeRange range =
        TimeRange.within(source.since(), source.until(), rows.firstMs(), rows.lastMs());
    LabelRule rule = source.profile().label();
    Duration delay = request.labels().delay();
    if (delay == null) {
      delay = rule == null ? LabelRule.DEFAULT_DELAY : rule.delay();
    }
    try {
      return TrainingWindow.of(range, delay, request.labels().asOf());
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
  }

  private static TrainingSet set(
      FeatureRows rows,
      Columns columns,
      TrainingWindow window,
      RowLayout layout,
      TrainedRows trained)
      throws IOException {
    TrainingSet.Builder builder = TrainingSet.builder(columns.names, layout.sequences());
    float[] row = new float[layout.width()];
    rows.each(
        (vector, values, fraud, kindOfFraud) -> {
          long timeMs = vector.getTransaction().getEventTimeMs();
          if (window.trains(timeMs)) {
            if (!layout.place(vector, row, 0)) {
              throw new IllegalStateException("a vector is not as its catalogue says");
            }
            trained.add(vector.getTransaction());
            builder.add(
                vector.getTransaction().getTransactionId(),
                timeMs,
                row,
                fraud,
                vector.getTransaction().getChannel());
          }
        });
    return builder.build();
  }

  private static TrainedModel train(TrainingRequest request, TrainingSet set, Terminal terminal) {
    Rounds rounds = new Rounds(terminal);
    TrainedModel trained = request.choice().kind().train(set, request.choice().seed(), rounds);
    rounds.done();
    return trained;
  }

  private static ReleaseSpec spec(TrainingRequest request, Columns columns) {
    String name = request.choice().release();
    return new ReleaseSpec(
        name,
        ModelName.of(name, request.choice().lane()),
        request.source().profile().name(),
        columns.digest,
        request.choice().alertBudgetPercent(),
        request.choice().budgetByChannel(),
        request.choice().lane());
  }

  private static Path write(
      TrainingRequest request, Catalogue catalogue, MadeRelease made, byte[] reference) {
    try {
      Path folder =
          ReleaseStore.writeTo(
              request.out(), made.manifest(), made.model(), Map.of(ReferenceFile.NAME, reference));
      DeclaredFeatures.keep(catalogue, request.choice().features(), folder);
      return folder;
    } catch (IOException e) {
      throw new Refused("the release cannot be written: " + e.getMessage());
    }
  }

  private static void tell(Manifest manifest, Path folder, Terminal terminal) {
    Map<String, Double> metrics = manifest.metrics();
    terminal.say(
        String.format(
            Locale.ROOT,
            "  on the newest part of the training rows: PR-AUC %.4f, recall %.4f at %s %% alerts",
            metrics.getOrDefault("validationPrAuc", Double.NaN),
            metrics.getOrDefault("validationRecallAtBudget", Double.NaN),
            manifest.alertBudgetPercent()));
    metrics.forEach(
        (name, value) -> {
          if (name.endsWith(PART_PR_AUC)) {
            String part = name.substring(0, name.length() - PART_PR_AUC.length());
            terminal.say(
                String.format(
                    Locale.ROOT,
                    "    its %-12s PR-AUC %.4f, weight %.3f",
                    part,
                    value,
                    metrics.getOrDefault(part + ".weight", Double.NaN)));
          }
        });
    terminal.say(
        String.format(
            Locale.ROOT,
            "  the file scores as the trained model: %.0f rows, largest distance %.1e",
            metrics.getOrDefault("parityRows", Double.NaN),
            metrics.getOrDefault("parityLargestDistance", Double.NaN)));
    terminal.say(
        String.format(
            Locale.ROOT,
            "release %s: %s, threshold %.4f, in %s",
            manifest.release(),
            size(metrics),
            manifest.threshold(),
            folder));
  }

  private static String size(Map<String, Double> metrics) {
    Double trees = metrics.get("trees");
    Double parameters = metrics.get("parameters");
    if (trees == null && parameters == null) {
      return "several models";
    }
    return trees == null
        ? String.format(Locale.ROOT, "%.0f parameters", parameters)
        : String.format(Locale.ROOT, "%.0f trees", trees);
  }

  /** Rounds of training as steps on the terminal. */
  private static final class Rounds implements TrainingProgress {
    private final Terminal terminal;
    private String stage = "";

    Rounds(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public void round(String name, int done, int of, double validationLoss) {
      if (!name.equals(stage)) {
        done();
        stage = name;
        terminal.begin(
            name.equals("search") ? "looking for the number of rounds" : "training on all rows",
            of);
      }
      terminal.at(done);
    }

    void done() {
      if (!stage.isEmpty()) {
        terminal.end();
        stage = "";
      }
    }
  }
}
