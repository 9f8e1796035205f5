package dev.tidegate.app.offline;

import dev.tidegate.features.DifferenceJudge;
import dev.tidegate.features.DifferenceJudge.Pair;
import dev.tidegate.features.DifferenceJudge.Past;
import dev.tidegate.features.DifferenceJudge.Verdict;
import dev.tidegate.features.catalogue.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a history's vectors compare with those computed again.
 *
 * @param vectors payments with a vector of the same features on both sides, not late
 * @param different those whose values or sequences are not equal bit for bit
 * @param explained those of them for which the history shows why: a late payment before them, one
 *     that other features answered, or a past that it does not hold
 * @param labels those that differ only where labels count
 * @param unexplained those that nothing explains
 * @param firstUnexplained transaction ids of the first of these, the oldest first
 */
record VectorComparison(
    long vectors,
    long different,
    long explained,
    long labels,
    long unexplained,
    List<String> firstUnexplained) {
  /** Name of the file with the features that nothing explains, beside the vectors. */
  static final String REPORT = "unexplained.csv";

  private static final int NAMED = 5;
  private static final int REPORTED = 1_000;

  /** Nothing to compare. */
  static final VectorComparison NONE = new VectorComparison(0, 0, 0, 0, 0, List.of());

  /** Copies the ids. */
  VectorComparison {
    firstUnexplained = List.copyOf(firstUnexplained);
  }

  /**
   * Compares.
   *
   * @param out folder for {@value #REPORT}, with a row for each feature of the first {@value
   *     #REPORTED} payments that nothing explains; one of an earlier run goes
   */
  static VectorComparison of(ServedAgain vectors, Catalogue catalogue, Path out)
      throws SQLException, IOException {
    Path report = out.resolve(REPORT);
    Files.deleteIfExists(report);
    long all = vectors.count();
    long different = vectors.keepDifferent();
    if (different == 0) {
      return new VectorComparison(all, 0, 0, 0, 0, List.of());
    }
    vectors.learn();
    try (Counting counting =
        new Counting(catalogue, new DifferenceJudge(catalogue, vectors.span()), report)) {
      vectors.each(counting);
      return counting.result(all, different);
    }
  }

  /** Counts causes and writes the report, which is begun with its first row. */
  private static final class Counting implements ServedAgain.Taker, AutoCloseable {
    private final Catalogue catalogue;
    private final DifferenceJudge judge;
    private final Path report;
    private final Map<DifferenceJudge.Cause, Long> causes =
        new EnumMap<>(DifferenceJudge.Cause.class);
    private final List<String> first = new ArrayList<>();
    private @Nullable PrintWriter rows;

    Counting(Catalogue catalogue, DifferenceJudge judge, Path report) {
      this.catalogue = catalogue;
      this.judge = judge;
      this.report = report;
    }

    @Override
    public void take(String transactionId, Pair pair, List<Past> pasts) {
      Verdict verdict = judge.judge(pair, pasts);
      causes.merge(verdict.cause(), 1L, Long::sum);
      if (verdict.cause() == DifferenceJudge.Cause.UNKNOWN) {
        if (first.size() < NAMED) {
          first.add(transactionId);
        }
        if (of(DifferenceJudge.Cause.UNKNOWN) <= REPORTED) {
          verdict.places().forEach(place -> write(transactionId, pair, place));
        }
      }
    }

    private void write(String transactionId, Pair pair, int place) {
      PrintWriter to = opened();
      boolean isFeature = place < catalogue.size();
      int sequence = place - catalogue.size();
      to.printf(
          Locale.ROOT,
          "%s,%s,%s,%s,%s%n",
          quoted(transactionId),
          Instant.ofEpochMilli(pair.timeMs()),
          isFeature
              ? catalogue.names().get(place)
              : "sequence of " + catalogue.sequences().get(sequence).entity().noun(),
          value(pair.served(), place),
          value(pair.again(), place));
    }

    /** A feature's number; of a sequence how many numbers it has, which are in the vectors. */
    private String value(DifferenceJudge.Content content, int place) {
      int features = catalogue.size();
      if (place >= features) {
        return content.sequences().get(place - features).size() + " numbers";
      }
      return place < content.values().size() ? content.values().get(place).toString() : "";
    }

    private static String quoted(String text) {
      return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private PrintWriter opened() {
      PrintWriter open = rows;
      if (open == null) {
        try {
          open = new PrintWriter(Files.newBufferedWriter(report, StandardCharsets.UTF_8));
        } catch (IOException e) {
          throw new UncheckedIOException(report + " cannot be written", e);
        }
        open.println("transactionId,eventTime,feature,served,again");
        rows = open;
      }
      return open;
    }

    private long of(DifferenceJudge.Cause cause) {
      return causes.getOrDefault(cause, 0L);
    }

    VectorComparison result(long vectors, long different) {
      return new VectorComparison(
          vectors,
          different,
          of(DifferenceJudge.Cause.PAST),
          of(DifferenceJudge.Cause.LABELS),
          of(DifferenceJudge.Cause.UNKNOWN) + of(DifferenceJudge.Cause.NONE),
          first);
    }

    @Override
    public void close() {
      if (rows != null) {
        rows.close();
      }
    }
  }
}
