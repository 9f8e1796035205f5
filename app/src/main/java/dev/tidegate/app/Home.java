package dev.tidegate.app;

import java.nio.file.Path;

/** Where Tidegate is installed: the folder that holds {@code config} and the launcher. */
public final class Home {
  private Home() {}

  /** A path under the home folder, from the system property {@code tidegate.home}. */
  public static Path path(String first, String... more) {
    return Path.of(System.getProperty("tidegate.home", ".")).resolve(Path.of(first, more));
  }
}
