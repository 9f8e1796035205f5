package dev.tidegate.app.trainer;

import dev.tidegate.app.release.DeclaredFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files beside a release's model. */
final class ReleaseCompanions {
  private ReleaseCompanions() {}

  /**
   * The champion's own features, which the challenger takes too; none where it takes those that
   * ship.
   */
  static Map<String, byte[]> of(Path champion) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : List.of(DeclaredFeatures.FILE, DeclaredFeatures.RATES)) {
      Path file = champion.resolve(name);
      if (Files.exists(file)) {
        files.put(name, Files.readAllBytes(file));
      }
    }
    return files;
  }
}
