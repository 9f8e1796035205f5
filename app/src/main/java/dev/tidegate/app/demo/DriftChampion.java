package dev.tidegate.app.demo;

import dev.tidegate.app.Home;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.offline.ModelKind;
import dev.tidegate.app.offline.Training;
import dev.tidegate.app.offline.TrainingRequest;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.lab.bank.SimulationFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The first champion: trained as {@code tidegate train} does, on a bank that nothing changes in.
 */
final class DriftChampion {
  static final String PROFILE = "simulator_fraud";
  static final String MODEL = "payments-demo";
  private static final String NAME = MODEL + "-0001";
  private static final long SEED = 7;

  private DriftChampion() {}

  /** The profile by which the simulated bank is read: fraud alone is what a model is to find. */
  static Profile profile() {
    return Profiles.under(Home.path("")).find(PROFILE);
  }

  /** Trains it into a folder of its own under {@code data}; a former one there is replaced. */
  static ChosenRelease train(DriftPlan plan, Path data, Terminal terminal) throws Exception {
    Path history = data.resolve("before");
    terminal.begin("simulating " + plan.historyDays() + " days before", 0);
    SimulationFiles.write(
        plan.history(), plan.historyDays(), history, (done, of, payments) -> terminal.at(payments));
    terminal.end();
    Instant end =
        Instant.ofEpochMilli(plan.history().startMs()).plusSeconds(plan.historyDays() * 86_400L);
    TrainingRequest request =
        new TrainingRequest(
            new LabelledFile(history.resolve("transactions.csv.zst"), profile(), null, end),
            new TrainingRequest.Labels(null, end.plus(DriftPlan.LABEL_DELAY)),
            new TrainingRequest.Choice(
                ModelKind.FOREST, NAME, null, plan.alertBudgetPercent(), false, SEED),
            folder(data));
    return Releases.load(Training.run(request, terminal).folder());
  }

  private static Path folder(Path data) throws IOException {
    return Files.createDirectories(data.resolve("releases")).resolve(NAME);
  }
}
