package dev.tidegate.app.live;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.ingest.publish.SourceFingerprint;
import dev.tidegate.lab.bank.BankChange;
import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.PlantedTruth;
import dev.tidegate.lab.bank.SimulatorCsv;
import dev.tidegate.lab.bank.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where payments come from: the simulated bank, or a file. Both pass the same door; the simulator
 * reaches it as the bytes of a CSV file that are made while they are read.
 *
 * @param file the file; null for the simulator
 * @param profile how to read it
 * @param bank what the simulated bank is made from
 */
public record Feed(@Nullable Path file, Profile profile, SimulatorSettings bank) {
  private static final String SIMULATOR = "simulator";
  private static final SimulatorSettings BANK = SimulatorSettings.of(2026, 2_000);

  /** The simulated bank that {@code up} has, or a file. */
  private Feed(@Nullable Path file, Profile profile) {
    this(file, profile, BANK);
  }

  /** Another simulated bank. */
  public static Feed simulated(SimulatorSettings bank, Profile profile) {
    return new Feed(null, profile, bank);
  }

  /**
   * A feed by its name on the command line.
   *
   * @param name {@code simulator} or a file
   * @param profile profile of the file; null for the simulator's
   * @throws Refused if the file is not there or has no profile
   */
  public static Feed of(String name, @Nullable String profile) {
    Profiles profiles = Profiles.under(Home.path(""));
    if (name.equals(SIMULATOR)) {
      return new Feed(null, profiles.find(profile == null ? SIMULATOR : profile));
    }
    Path file = Path.of(name);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Refused("there is no file " + file + " to feed from");
    }
    if (profile == null) {
      throw new Refused(
          "--feed FILE needs --profile, which says how to read it; see tidegate profile list");
    }
    return new Feed(file, profiles.find(profile));
  }

  /**
   * Opens the door at the feed's beginning. The simulated bank's labels pass it too, as those of a
   * file beside the payments would: each says from when on the bank knew.
   */
  CsvDoor open(DoorSettings settings) throws IOException {
    if (file != null) {
      return CsvDoor.open(file, profile, settings);
    }
    BankSimulator simulator = new BankSimulator(bank);
    LabelRule label = profile.label();
    PlantedTruth truth =
        new PlantedTruth(
            lane ->
                label == null || label.column() == null || label.positive().contains(lane.code()));
    SimulatorCsv rows = new SimulatorCsv(simulator.transactions(), Long.MAX_VALUE, truth);
    return CsvDoor.open(rows, SIMULATOR, profile, settings.withLabels(truth::takeKind));
  }

  /** Tells this feed's position from those of other feeds on the same data directory. */
  String fingerprint(TokenKey key) throws IOException {
    return file == null
        ? SourceFingerprint.of(name(), profile, key)
        : SourceFingerprint.of(file, profile, key);
  }

  private String name() {
    String name = SIMULATOR + " " + bank.seed() + " " + bank.customers();
    return bank.change().equals(BankChange.NONE) ? name : name + " " + bank.change();
  }

  /** From a payment to its label: the profile's, else the given one. */
  Duration labelDelay(Duration otherwise) {
    LabelRule rule = profile.label();
    return rule == null ? otherwise : rule.delay();
  }

  /** For people. */
  String text() {
    return file == null
        ? "simulated bank (seed " + bank.seed() + ", " + bank.customers() + " customers)"
        : file.getFileName() + " as " + profile.name();
  }
}
