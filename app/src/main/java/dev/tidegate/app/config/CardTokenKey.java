package dev.tidegate.app.config;

import dev.tidegate.app.Refused;
import dev.tidegate.ingest.door.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The key that card tokens are made with: the environment's, else that of a file. A key that is too
 * short is the user's to mend, so it is refused, with the place it comes from.
 */
public final class CardTokenKey {
  private CardTokenKey() {}

  /**
   * Checks a key before anything starts; makes no file.
   *
   * @param environment of the process
   * @param file holds the key where the environment has none; need not be there yet
   * @throws Refused if the key is too short or the file cannot be read
   */
  public static void check(Map<String, String> environment, Path file) {
    if (given(environment) || Files.exists(file)) {
      resolve(environment, file);
    }
  }

  /**
   * The key; a file that is not there is made, with a fresh one.
   *
   * @throws Refused if the key is too short or the file can be neither read nor made
   */
  public static TokenKey resolve(Map<String, String> environment, Path file) {
    try {
      return TokenKey.resolve(environment, file);
    } catch (IllegalArgumentException e) {
      throw new Refused((given(environment) ? TokenKey.VARIABLE : file) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new Refused("the file of the token key, " + file + ", can be neither read nor made");
    }
  }

  private static boolean given(Map<String, String> environment) {
    return !environment.getOrDefault(TokenKey.VARIABLE, "").isEmpty();
  }
}
