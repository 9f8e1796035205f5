package dev.tidegate.graphaml.mine;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Accounts in parts through which much money flows and little of it stays.
 *
 * @param parts accounts of each part, ascending: the first pay, the last are paid, those between
 *     pass on. An account may stand in several parts
 * @param links the links between neighbouring parts, each once, ascending
 * @param score the metric g of the set, minor units an account
 * @param passed what the middle accounts passed on, minor units: of each the smaller of in and out
 */
public record DenseFlow(List<List<Integer>> parts, List<Integer> links, double score, long passed) {
  /** Accounts that pass money on, each once. */
  public List<Integer> middle() {
    return distinct(parts.subList(1, parts.size() - 1));
  }

  /** All accounts, each once. */
  public List<Integer> accounts() {
    return distinct(parts);
  }

  private static List<Integer> distinct(List<List<Integer>> parts) {
    return parts.stream().flatMap(Collection::stream).distinct().sorted().toList();
  }

  /** The part that an account stands in first; -1 if in none. */
  int partOf(int account) {
    return IntStream.range(0, parts.size())
        .filter(part -> Collections.binarySearch(parts.get(part), account) >= 0)
        .findFirst()
        .orElse(-1);
  }
}
