package dev.tidegate.benchmarks.handbook;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.retrain.train.ForestParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything {@code bench handbook} measures: vectors computed once, then forests. */
public final class HandbookBench {
  private static final String PROFILE = "card_handbook";

  /** Random forest, chapter 3. */
  private static final double PUBLISHED_S = 0.658;

  /** XGBoost, chapter 5. */
  private static final double PUBLISHED_P = 0.687;

  private final Request request;
  private final Terminal terminal;

  /** Parts of the measurement. */
  public enum Part {
    /** Protocol S. */
    S,
    /** Protocol P. */
    P,
    /** Families of features, on protocol S. */
    ABLATION
  }

  /**
   * What to measure.
   *
   * @param file the Handbook's transactions
   * @param features catalogue; null for the one that ships
   * @param parts what to run
   * @param seeds of the forests; the first gives the figure, the others its spread
   */
  public record Request(Path file, @Nullable Path features, Set<Part> parts, List<Long> seeds) {
    /** Copies. */
    public Request {
      parts = Set.copyOf(parts);
      seeds = List.copyOf(seeds);
    }
  }

  /** A measurement that tells a terminal how far it is. */
  public HandbookBench(Request request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /**
   * Measures.
   *
   * @param machine where and when, for the report
   * @throws Refused if the file cannot be used
   */
  public HandbookReport run(Map<String, Object> machine) throws Exception {
    Catalogue catalogue = DeclaredFeatures.read(request.features());
    List<Split> splits = wants(Part.P) ? Split.protocolP() : List.of(Split.protocolS());
    Trials trials = new Trials(rows(catalogue, splits), terminal);
    List<ProtocolFigures> protocols = new ArrayList<>();
    List<Trial.Figure> s =
        wants(Part.S) || wants(Part.ABLATION)
            ? trials.run("protocol S", Ablation.trials(Columns.all(catalogue), request.seeds()))
            : List.of();
    if (wants(Part.S)) {
      protocols.add(ProtocolFigures.of("s", PUBLISHED_S, request.seeds(), s));
    }
    if (wants(Part.P)) {
      protocols.add(
          ProtocolFigures.of(
              "p", PUBLISHED_P, request.seeds(), trials.run("protocol P", folds(catalogue))));
    }
    return new HandbookReport(
        machine,
        settings(catalogue),
        splits.stream().map(HandbookReport.Dates::of).toList(),
        protocols,
        wants(Part.ABLATION) ? Ablation.of(catalogue, request.seeds(), s, trials) : null);
  }

  private boolean wants(Part part) {
    return request.parts().contains(part);
  }

  private List<Trial> folds(Catalogue catalogue) {
    List<Trial> folds = new ArrayList<>();
    for (long seed : request.seeds()) {
      for (Split split : Split.protocolP()) {
        folds.add(new Trial(split, Columns.all(catalogue), seed));
      }
    }
    return folds;
  }

  private SplitRows rows(Catalogue catalogue, List<Split> splits) throws Exception {
    LabelledFile source =
        new LabelledFile(request.file(), Profiles.under(Home.path("")).find(PROFILE), null, null);
    try (FeatureRows all = FeatureRows.of(source, catalogue, Split.LABEL_DELAY, terminal)) {
      SplitRows rows = kept(all, splits);
      terminal.say("  " + Figures.count(rows.size()) + " payments lie in a split");
      return rows;
    }
  }

  private static SplitRows kept(FeatureRows all, List<Split> splits) throws IOException {
    SplitRows rows = SplitRows.read(all, splits);
    if (rows.size() == 0) {
      throw new Refused(
          "no payment of the file lies in "
              + splits.get(0).train().since()
              + " to "
              + splits.get(splits.size() - 1).test().until());
    }
    return rows;
  }

  private Map<String, Object> settings(Catalogue catalogue) {
    return Map.of(
        "file", String.valueOf(request.file().getFileName()),
        "profile", PROFILE,
        "features", catalogue.size(),
        "catalogue", catalogue.digest(),
        "parameters", ForestParameters.defaults(),
        "labelDelay", Split.LABEL_DELAY.toString(),
        "parts", request.parts().stream().sorted().toList(),
        "seeds", request.seeds());
  }
}
