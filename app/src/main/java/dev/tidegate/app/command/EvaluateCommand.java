package dev.tidegate.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.laundering.LaneFigures;
import dev.tidegate.app.laundering.LaneJudging;
import dev.tidegate.app.laundering.LaneText;
import dev.tidegate.app.laundering.Protocol;
import dev.tidegate.app.laundering.ReleaseFigures;
import dev.tidegate.app.laundering.ReleaseJudging;
import dev.tidegate.app.offline.EvaluationRequest;
import dev.tidegate.app.offline.Judging;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.release.DeclaredFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate evaluate}: a release against a file with labels. */
@Command(
    name = "evaluate",
    description = {
      "Measure a release on a file with labels.",
      "Features are computed from the start of the file; only rows between the dates" + " count.",
      "",
      "With --lane aml: measure how well laundering is found. Trees are grown on the payments",
      "alone, with the graph's signals, and with what else the set has (the catalogue's features,",
      "flows to the world outside), and judged in time: 60 % train, 20 % validate, the newest 20 %",
      "test. No date or budget is used. With --model too: measure a release of that lane, on",
      "features and graph signals, between the dates; its own threshold is judged."
    },
    footer = {
      "",
      "Example:",
      "  tidegate evaluate --model releases/handbook --from transactions.csv.zst \\",
      "    --profile card_handbook --since 2018-08-08 --until 2018-08-15 \\",
      "    --exclude-known --json",
      "",
      "  tidegate evaluate --lane aml --from transactions.csv.zst \\",
      "    --profile aml_tide --json figures.json",
      "",
      "  tidegate evaluate --lane aml --model config/releases/aml-sim-0001 \\",
      "    --from bank/transactions.csv.zst --profile simulator_laundering --since 2026-03-14"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int REFUSED = 3;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private LabelledFileOptions file = new LabelledFileOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--exclude-known",
      description =
          "Leave out customers whose fraud was already known, after the label delay of the"
              + " release's training, on that day.")
  private boolean excludeKnown;

  @Mixin private AlertBudget budget = new AlertBudget();

  @Option(
      names = "--lane",
      paramLabel = "LANE",
      description =
          "What is judged: payments, a release; aml, the laundering graph. Default: payments.")
  private Lane lane = Lane.PAYMENTS;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description =
          "What --lane aml may know of a payment: honest, nothing later; leaderboard, the graph of"
              + " all payments as published leaderboards do. Default: honest.")
  private @Nullable Protocol protocol;

  @Option(
      names = "--longer-cycles",
      description =
          "Make signals of cycles of 7 to 12 payments too, for --lane aml; as shipped the graph"
              + " counts those of up to 6.")
  private boolean longerCycles;

  @Option(
      names = "--follow-money",
      description =
          "Make signals of the trail of a payment's money too, for --lane aml; as shipped the"
              + " graph follows none.")
  private boolean followMoney;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the trees of --lane aml. Default: ${DEFAULT-VALUE}.")
  private int seed = 42;

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "-",
      paramLabel = "FILE",
      description =
          "Print the figures on standard output as JSON; or, with a file, write them to it beside"
              + " the table.")
  private @Nullable Path json;

  @Option(
      names = "--champion",
      paramLabel = "DIR",
      description =
          "A release to be better than on the same payments: exit code 3 unless the PR-AUC is above"
              + " its own.")
  private @Nullable Path champion;

  /** What is judged. */
  enum Lane {
    /** A release. */
    PAYMENTS,
    /** The laundering graph. */
    AML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** For picocli. */
  public EvaluateCommand() {}

  @Override
  public Integer call() throws Exception {
    return lane == Lane.AML ? laundering() : payments();
  }

  private int laundering() throws Exception {
    Inputs.require(champion == null, "--champion is for the lane of payments");
    Path release = model.folder();
    Inputs.require(
        release == null || protocol == null,
        "--protocol is for trees that are grown; a release is judged by what it was made on");
    Inputs.require(
        release == null || !longerCycles,
        "--longer-cycles is for trees that are grown; a release is judged by what it was made on");
    Inputs.require(
        release == null || !followMoney,
        "--follow-money is for trees that are grown; a release is judged by what it was made on");
    return release == null ? grown() : released(release);
  }

  private int released(Path folder) throws Exception {
    ReleaseFigures figures =
        Logs.ofOneRun(
            "evaluate", () -> ReleaseJudging.run(file.source(), folder, common.terminal()));
    show(LaneText.of(figures), json(figures));
    return 0;
  }

  private int grown() throws Exception {
    Inputs.require(seed >= 0, "--seed must not be negative");
    LabelledFile source = file.source();
    LaneFigures figures =
        Logs.ofOneRun(
            "evaluate",
            () ->
                LaneJudging.run(
                    source,
                    DeclaredFeatures.read(null),
                    new LaneJudging.Terms(
                        protocol == null ? Protocol.HONEST : protocol,
                        longerCycles,
                        followMoney,
                        seed),
                    common.terminal()));
    show(LaneText.of(figures), json(figures));
    return 0;
  }

  private static String json(Object figures) throws IOException {
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures);
  }

  private int payments() throws Exception {
    Inputs.require(protocol == null, "--protocol is for --lane aml");
    Inputs.require(!longerCycles, "--longer-cycles is for --lane aml");
    Inputs.require(!followMoney, "--follow-money is for --lane aml");
    Judging.Outcome outcome = judged(model.folder());
    show(outcome.text(), outcome.json());
    if (champion == null) {
      return 0;
    }
    String refusal = refusal(judged(champion).evaluation().prAuc(), outcome.evaluation().prAuc());
    if (refusal == null) {
      return 0;
    }
    common.terminal().say(refusal);
    return REFUSED;
  }

  private Judging.Outcome judged(@Nullable Path release) throws Exception {
    EvaluationRequest request =
        new EvaluationRequest(file.source(), release, excludeKnown, budget.percent());
    return Logs.ofOneRun("evaluate", () -> Judging.run(request, common.terminal()));
  }

  /**
   * Why a release does not take a champion's place; null if it does.
   *
   * @param before PR-AUC of the champion; null without a fraud
   * @param after PR-AUC of the release; null without a fraud
   */
  static @Nullable String refusal(@Nullable Double before, @Nullable Double after) {
    if (before == null || after == null) {
      return "refused: no fraud among the payments, so nothing is shown";
    }
    return after > before
        ? null
        : String.format(
            Locale.ROOT, "refused: PR-AUC %.4f is not above the champion's %.4f", after, before);
  }

  private void show(String table, String figures) throws IOException {
    boolean printed = json != null && json.toString().equals("-");
    common.out().println(printed ? figures : table);
    if (json != null && !printed) {
      Files.writeString(json, figures + System.lineSeparator());
    }
  }
}
