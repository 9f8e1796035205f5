package dev.tidegate.scoring.release;

import dev.tidegate.scoring.onnx.OnnxFixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes release after release until it is killed; those that stand already are left. */
final class ReleaseWriterMain {
  static final int MOST = 120;
  private static final int BYTES = 300_000;

  private ReleaseWriterMain() {}

  public static void main(String[] arguments) throws IOException {
    byte[] forest = OnnxFixtures.forest(4, 20, 3);
    Manifest like = ReleaseFixtures.manifest(forest, 4, 0.5);
    for (int i = 1; i <= MOST; i++) {
      Manifest manifest =
          ReleaseFixtures.named(String.format(Locale.ROOT, "fixture-%04d", i), like);
      ReleaseStore.writeTo(
          Path.of(arguments[0]).resolve(manifest.release()), manifest, forest, beside());
      System.out.println(manifest.release());
    }
  }

  static Map<String, byte[]> beside() {
    return Map.of("card.json", new byte[BYTES], "card.html", new byte[BYTES]);
  }
}
