package dev.tidegate.graphaml.config;

import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Accounts of which the bank knows more than their payments tell.
 *
 * @param hubs ids of accounts that are hubs however many payments they have: merchants, the bank's
 *     treasury
 * @param risky ids of accounts that count as risky members of their components
 */
public record AccountLists(List<String> hubs, List<String> risky) implements Serializable {
  /** No account is listed. */
  public static final AccountLists NONE = new AccountLists(List.of(), List.of());

  private static final String HUBS = "hubs";
  private static final String RISKY = "risky";

  /** Takes copies. */
  public AccountLists {
    hubs = List.copyOf(hubs);
    risky = List.copyOf(risky);
  }

  /** The lists of files that stand beside the settings' file; an empty name is an empty list. */
  static AccountLists read(SettingsFile lists, Path beside) {
    lists.only(Set.of(HUBS, RISKY));
    return new AccountLists(list(lists, HUBS, beside), list(lists, RISKY, beside));
  }

  private static List<String> list(SettingsFile lists, String key, Path beside) {
    String name = lists.keys().contains(key) ? lists.text(key) : "";
    if (name.isBlank()) {
      return List.of();
    }
    Path file = beside.resolveSibling(name);
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .distinct()
          .toList();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          beside + ", lists: " + key + ": there is no file " + file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** Fingerprints of the hubs' ids, as the graph knows accounts. */
  public LongStream hubNumbers() {
    return hubs.stream().mapToLong(EventTimeOrderOperator::fingerprint);
  }

  /** Fingerprints of the risky accounts' ids. */
  public LongStream riskyNumbers() {
    return risky.stream().mapToLong(EventTimeOrderOperator::fingerprint);
  }
}
