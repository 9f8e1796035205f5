package dev.tidegate.app.config;

import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.drift.DriftSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings, read and checked once, before anything starts: a record for each stage.
 *
 * @param platform what stages run on
 * @param ingest the door
 * @param features the features job
 * @param featuresCheck the check of what it served
 * @param graph the graph job
 * @param history what is kept of all stages
 * @param scoring the scorer
 * @param drift the drift monitor
 * @param retrain other monitors, requests and training
 * @param trials shadow and canary of what training made
 * @param console the page
 * @param twoPeople whether a promotion needs another person's approval
 * @param servers what stages that run alone connect to
 * @param run how a stage runs alone
 * @param texts each setting as it was written, by its dotted key
 */
public record Settings(
    PlatformSettings platform,
    IngestSettings ingest,
    JobSettings features,
    CheckDials featuresCheck,
    JobSettings graph,
    HistoryDials history,
    ScorerSettings scoring,
    DriftSettings drift,
    RetrainDials retrain,
    TrialDials trials,
    ConsoleAddress console,
    boolean twoPeople,
    ServerSettings servers,
    RunSettings run,
    Map<String, String> texts) {
  /**
   * Reads the defaults and, over them, the user's file.
   *
   * @param file the user's file, or null for the defaults alone
   * @throws dev.tidegate.app.Refused if a file cannot be read, names an unknown key, or a value is
   *     out of its range; the message names the key
   */
  public static Settings load(@Nullable Path file) {
    return of(Configuration.load(file));
  }

  /**
   * Reads each setting.
   *
   * @throws dev.tidegate.app.Refused if a value is out of its range; the message names the key
   */
  public static Settings of(Configuration configuration) {
    return new Settings(
        PlatformSettings.of(configuration),
        IngestSettings.of(configuration),
        JobSettings.of(configuration, "features"),
        CheckDials.of(configuration),
        JobSettings.of(configuration, "graph-aml"),
        HistoryDials.of(configuration),
        ScorerSettings.of(configuration),
        new DriftSettings(
            configuration.integer("retrain.drift-window", 100, 10_000_000),
            CalibratedPsi.defaults()),
        RetrainDials.of(configuration),
        TrialDials.of(configuration),
        ConsoleAddress.of(configuration),
        configuration.flag("models.two-people"),
        ServerSettings.of(configuration),
        RunSettings.of(configuration),
        configuration.values());
  }
}
