package dev.tidegate.graphaml.config;

import dev.tidegate.graphaml.mine.MineSettings;
import java.nio.file.Path;
import java.util.Set;

/** What mining is told by its file, {@code config/mine.yaml}. */
public final class MineConfig {
  private MineConfig() {}

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if something in it cannot be meant; it names file and key
   */
  public static MineSettings read(Path file) {
    SettingsFile root =
        SettingsFile.read(file)
            .only(
                Set.of(
                    "slice",
                    "step",
                    "hub-degree",
                    "seed",
                    "flows",
                    "bicliques",
                    "cases",
                    "payments",
                    "accounts"));
    SettingsFile flows =
        root.section("flows").only(Set.of("parts", "lambda", "searches", "middle"));
    SettingsFile bicliques =
        root.section("bicliques").only(Set.of("payers", "payees", "steps", "listed"));
    return new MineSettings(
        root.span("slice"),
        root.span("step"),
        root.whole("hub-degree"),
        root.whole("seed"),
        new MineSettings.Flows(
            flows.whole("parts"),
            flows.number("lambda"),
            flows.whole("searches"),
            flows.whole("middle")),
        new MineSettings.Bicliques(
            bicliques.whole("payers"),
            bicliques.whole("payees"),
            bicliques.whole("steps"),
            bicliques.whole("listed")),
        new MineSettings.Bounds(
            root.whole("cases"), root.whole("payments"), root.whole("accounts")));
  }
}
