package dev.tidegate.app.release;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the catalogue of features to compute. A release that was trained on a catalogue of its own
 * carries it, so that model and features never part; any other goes with {@code
 * config/features.yaml}.
 */
public final class DeclaredFeatures {
  /** A release's own catalogue, beside its manifest. */
  public static final String FILE = "features.yaml";

  /** Rates of the catalogue, beside it. */
  public static final String RATES = "rates.yaml";

  private DeclaredFeatures() {}

  /**
   * A catalogue.
   *
   * @param file where it stands; null for the one that ships
   * @throws Refused if it cannot be read or is wrong, with every line that is
   */
  public static Catalogue read(@Nullable Path file) {
    try {
      return Catalogue.read(file == null ? Home.path("config", FILE) : file);
    } catch (CatalogueException e) {
      throw new Refused(e);
    }
  }

  /**
   * Puts a catalogue of one's own into the release that was trained on it, with its rates.
   *
   * @param file where it was read from; null for the one that ships, which is not copied
   */
  public static void keep(Catalogue catalogue, @Nullable Path file, Path release)
      throws IOException {
    if (file == null) {
      return;
    }
    Path rates = file.resolveSibling(RATES);
    if (Files.exists(rates)) {
      Files.copy(rates, release.resolve(RATES));
    }
    Files.copy(file, release.resolve(FILE));
    if (!of(release).digest().equals(catalogue.digest())) {
      throw new IOException(file + " changed while the model was trained");
    }
  }

  /** The catalogue that a release was trained on, by its folder. */
  public static Catalogue of(Path release) {
    Path own = release.resolve(FILE);
    return read(Files.exists(own) ? own : null);
  }
}
