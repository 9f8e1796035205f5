package dev.tidegate.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.rules.RuleFiles;
import dev.tidegate.app.rules.SimulatedRows;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.library.LibraryRule;
import dev.tidegate.scoring.library.LibraryTypology;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.Definition;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rules on every row, one thread: the shipped library on the newest payments of a simulated bank.
 * Each round asks for a time; the figure is the median of the rounds.
 */
final class RulesBench {
  private static final int CUSTOMERS = 300;
  private static final int DAYS = 35;
  private static final int JUDGED_FROM_DAY = 30;
  private static final int ROUNDS = 7;
  private static final long DAY_MS = 86_400_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<Transaction> payments = new ArrayList<>();
  private float[] rows = new float[1 << 16];
  private int filled;

  private RulesBench() {}

  /**
   * What was measured.
   *
   * @param rules asked on every row; typologies are weighed besides
   * @param rows different rows, asked again and again
   * @param rowsPerSecond median of the rounds
   * @param slowest round
   * @param fastest round
   * @param nanosPerRule of the median
   * @param bytesPerRow allocated
   * @param firedPerRow ids that fired, on average
   */
  record Figures(
      int rules,
      int rows,
      double rowsPerSecond,
      double slowest,
      double fastest,
      double nanosPerRule,
      double bytesPerRow,
      double firedPerRow) {}

  /**
   * Measures.
   *
   * @param count rules of the library, in the order of its files
   * @param secondsPerRound of one of the seven rounds; two more go before them
   */
  static Figures run(int count, double secondsPerRound, Terminal terminal) throws Exception {
    Catalogue catalogue = DeclaredFeatures.read(null);
    RuleLanguage language = RuleFiles.language(catalogue);
    RuleSet set = RuleSet.of(language, chosen(RuleFiles.library(null, language), count));
    RulesBench bench = new RulesBench();
    bench.fill(catalogue, terminal);
    return bench.measure(new RuleRun(set, rule -> {}), count, secondsPerRound);
  }

  private static List<Definition> chosen(RuleLibrary library, int count) {
    List<Definition> chosen = new ArrayList<>();
    library.typologies().forEach(typology -> chosen.add(typology.definition()));
    library.typologies().stream()
        .map(LibraryTypology::rules)
        .flatMap(List::stream)
        .limit(count)
        .map(LibraryRule::definition)
        .forEach(chosen::add);
    return chosen;
  }

  private void fill(Catalogue catalogue, Terminal terminal) throws Exception {
    try (SimulatedRows bank =
        SimulatedRows.of(SimulatorSettings.of(7, CUSTOMERS), DAYS, catalogue, terminal)) {
      long from = bank.firstMs() + JUDGED_FROM_DAY * DAY_MS;
      bank.each(
          (vector, values, fraud, kind) -> {
            if (vector.getTransaction().getEventTimeMs() >= from) {
              add(vector.getTransaction(), values);
            }
          });
    }
  }

  private void add(Transaction payment, float[] values) {
    payments.add(payment);
    if (filled + values.length > rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
    }
    System.arraycopy(values, 0, rows, filled, values.length);
    filled += values.length;
  }

  private Figures measure(RuleRun run, int rules, double seconds) {
    int width = filled / payments.size();
    long fired = 0;
    for (int i = 0; i < payments.size(); i++) {
      fired += run.ask(payments.get(i), rows, i * width, 0.1).fired().size();
    }
    round(run, width, seconds);
    round(run, width, seconds);
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    double[] rates = new double[ROUNDS];
    double asked = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Round round = round(run, width, seconds);
      rates[i] = round.rows / round.seconds;
      asked += round.rows;
    }
    double allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    Arrays.sort(rates);
    double median = rates[ROUNDS / 2];
    return new Figures(
        rules,
        payments.size(),
        median,
        rates[0],
        rates[ROUNDS - 1],
        1e9 / median / rules,
        allocated / asked,
        (double) fired / payments.size());
  }

  private record Round(long rows, double seconds) {}

  private Round round(RuleRun run, int width, double seconds) {
    Stopwatch watch = new Stopwatch();
    long asked = 0;
    long failures = 0;
    while (watch.seconds() < seconds) {
      for (int i = 0; i < payments.size(); i++) {
        failures += run.ask(payments.get(i), rows, i * width, 0.1).failures();
      }
      asked += payments.size();
    }
    if (failures > 0) {
      throw new IllegalStateException(failures + " answers failed; the rules are to be mended");
    }
    return new Round(asked, watch.seconds());
  }
}
