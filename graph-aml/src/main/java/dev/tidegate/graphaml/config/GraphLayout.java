package dev.tidegate.graphaml.config;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the graph lies in the tasks of its job.
 *
 * @param kind which way
 * @param parts graphs that run side by side, or parts that accounts are dealt out to; 1 of one
 *     graph
 */
public record GraphLayout(Kind kind, int parts) implements Serializable {
  /** All payments in one task. */
  public static final GraphLayout ONE_GRAPH = new GraphLayout(Kind.ONE_GRAPH, 1);

  /** Most replicas. */
  public static final int MOST_REPLICAS = 64;

  /** Most shards. */
  public static final int MOST_SHARDS = 1_024;

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,4}) (replicas?|shards?)");

  /** Ways to lay the graph out. */
  public enum Kind {
    /** One task keeps and searches all. */
    ONE_GRAPH,
    /** Tasks keep all, and search a share each. */
    REPLICAS,
    /** Accounts are dealt out to tasks, which ask each other. */
    SHARDS
  }

  /** Refuses what cannot be meant. */
  public GraphLayout {
    int most =
        switch (kind) {
          case ONE_GRAPH -> 1;
          case REPLICAS -> MOST_REPLICAS;
          case SHARDS -> MOST_SHARDS;
        };
    if (parts < 1 || parts > most) {
      throw new IllegalArgumentException(
          "graph settings: " + kind.name().toLowerCase(Locale.ROOT) + ": 1 to " + most);
    }
  }

  /** So many graphs side by side; one is one graph. */
  public static GraphLayout replicas(int parts) {
    return parts == 1 ? ONE_GRAPH : new GraphLayout(Kind.REPLICAS, parts);
  }

  /** Accounts dealt out to so many parts. */
  public static GraphLayout shards(int parts) {
    return new GraphLayout(Kind.SHARDS, parts);
  }

  /**
   * As it is written in the file: {@code one graph}, {@code 2 replicas}, {@code 8 shards}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static GraphLayout of(String text) {
    if (text.equals("one graph")) {
      return ONE_GRAPH;
    }
    Matcher found = WRITTEN.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "graph settings: layout: one graph, or a number of replicas or shards such as 2 replicas"
              + " or 8 shards; not "
              + text);
    }
    int parts = Integer.parseInt(found.group(1));
    return found.group(2).startsWith("replica") ? replicas(parts) : shards(parts);
  }
}
