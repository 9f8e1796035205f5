package dev.tidegate.app.release;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.graphaml.SignalSet;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.lane.JoinedSet;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.ScoringLane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds releases and loads them with the features they take. */
public final class Releases {
  /** The release that ships with Tidegate, under {@code config/releases}. */
  public static final String SHIPPED = "payments-sim-0004";

  /** The release of the AML lane that ships with Tidegate, under {@code config/releases}. */
  public static final String SHIPPED_AML = "aml-sim-0001";

  /** Stands for {@link #SHIPPED_AML} where a folder is asked for. */
  private static final String SHIPPED_WORD = "shipped";

  private Releases() {}

  /** The folder that the setting of the AML lane's release means: a path, or {@code shipped}. */
  public static Path amlFolder(String setting) {
    return setting.equals(SHIPPED_WORD)
        ? Home.path("config", "releases", SHIPPED_AML)
        : Path.of(setting);
  }

  /**
   * Loads a release and proves it.
   *
   * @param folder its folder, or a folder that holds one release and nothing else that is one; null
   *     for the one that ships
   * @throws Refused if it is not there or cannot be trusted, with the reason
   */
  public static ChosenRelease load(@Nullable Path folder) {
    return load(folder, Device.CPU);
  }

  /**
   * Loads a release for a device and proves it there.
   *
   * @throws Refused as {@link #load(Path)}, and if a GPU is required and missing
   */
  public static ChosenRelease load(@Nullable Path folder, Device device) {
    Path found = folder == null ? Home.path("config", "releases", SHIPPED) : releaseIn(folder);
    Catalogue catalogue = DeclaredFeatures.of(found);
    try {
      return new ChosenRelease(
          found.toAbsolutePath().normalize(),
          ReleaseStore.load(found, catalogue.digest(), device),
          catalogue);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  /**
   * Loads a release of the AML lane and proves it.
   *
   * @param folder as for {@link #load(Path)}
   * @param catalogue the features that are computed; the signals are those of the graph's file
   * @throws Refused as {@link #load(Path)}, and if it is of another lane
   */
  public static LoadedRelease loadAml(Path folder, Catalogue catalogue, Device device) {
    try {
      LoadedRelease release =
          ReleaseStore.load(releaseIn(folder), joined(catalogue).digest(), device);
      ScoringLane.AML.require(release.manifest());
      return release;
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  /** What the AML lane's vectors hold: these features, and the signals of the graph's file. */
  public static JoinedSet joined(Catalogue catalogue) {
    SignalSet signals = SignalSet.of(GraphConfig.read(Home.path("config", "graph.yaml")).graph());
    return JoinedSet.of(catalogue.names(), catalogue.digest(), signals.names(), signals.digest());
  }

  private static Path releaseIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Refused("there is no model folder " + folder);
    }
    if (Files.exists(folder.resolve(ReleaseStore.MANIFEST))) {
      return folder;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> releases =
          inside
              .filter(path -> Files.exists(path.resolve(ReleaseStore.MANIFEST)))
              .sorted()
              .toList();
      if (releases.size() == 1) {
        return releases.get(0);
      }
      throw new Refused(
          releases.isEmpty()
              ? folder + " is no model release: it has no " + ReleaseStore.MANIFEST
              : folder + " holds several releases; name one of " + releases);
    } catch (IOException e) {
      throw new Refused("model folder " + folder + " cannot be read");
    }
  }
}
