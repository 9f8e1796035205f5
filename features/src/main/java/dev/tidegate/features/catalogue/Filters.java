package dev.tidegate.features.catalogue;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.tidegate.features.history.Measure;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;

/**
 * A catalogue's filters, compiled, over one payment after the other. A filter that fails (a
 * division by zero) counts as not passed, and as a failure. Cost: some tenths of a microsecond a
 * filter. Not serializable and not thread safe: each operator makes its own at start.
 */
public final class Filters {
  /** Most filters of a catalogue: as many as a history keeps of an event. */
  public static final int MOST = Measure.MOST_FILTERS;

  private final CelRuntime.Program[] programs;
  private final FilteredPayment variables;
  private long failures;

  /**
   * Compiles filters.
   *
   * @param texts CEL, each a condition on one payment; at most {@link #MOST}
   * @throws IllegalArgumentException if one is none, or there are too many
   */
  public Filters(List<String> texts, Rates rates) {
    if (texts.size() > MOST) {
      throw new IllegalArgumentException(texts.size() + " filters; at most " + MOST);
    }
    programs = texts.stream().map(FilterCompiler::program).toArray(CelRuntime.Program[]::new);
    variables = new FilteredPayment(rates);
  }

  /** Which filters the payment passes: bit i for the filter at index i. */
  public long bits(Transaction payment) {
    variables.set(payment);
    long bits = 0;
    for (int i = 0; i < programs.length; i++) {
      if (isPassed(programs[i])) {
        bits |= 1L << i;
      }
    }
    return bits;
  }

  private boolean isPassed(CelRuntime.Program program) {
    try {
      return Boolean.TRUE.equals(program.eval(variables));
    } catch (CelEvaluationException e) {
      failures++;
      return false;
    }
  }

  /** How often a filter failed since the start. */
  public long failures() {
    return failures;
  }
}
