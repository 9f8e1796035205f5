package dev.tidegate.benchmarks.windows;

import dev.tidegate.benchmarks.windows.SlidingExact.Spend;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Layout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * How far answers are from the exact window {@code (t - w, t]} of each event: ours from the kernel,
 * HOP's from the newest window that was over at the event's time, as a job that joins windows to
 * events would see it. Without Flink: that its jobs answer the same is a test.
 */
public final class Exactness {
  private static final long DAY_MS = 86_400_000L;
  private static final String[] AGGREGATES = {"count", "sum", "mean", "max"};

  private final Design design;
  private final WindowSpec window;
  private final List<KeyWindows> entities = new ArrayList<>();
  private final double[] exact = new double[AGGREGATES.length];
  private final double[] found = new double[AGGREGATES.length];
  private final double[] total = new double[AGGREGATES.length];
  private final double[] most = new double[AGGREGATES.length];
  private long events;
  private long tiled;

  private Exactness(Design design, Load load, WindowSpec window) {
    this.design = design;
    this.window = window;
    EntityWindows kernel = new EntityWindows(layout(window.catalogue()));
    for (int i = 0; i < load.entities(); i++) {
      entities.add(new KeyWindows(window.lengthMs(), kernel));
    }
  }

  /**
   * How far one aggregate is off.
   *
   * @param tiledShare events of which some answer came from tiles, 0 to 1
   * @param relative |found - exact| / |exact| over the events; 1 where nothing was found
   */
  public record Miss(
      Design design,
      String load,
      String window,
      String aggregate,
      long events,
      double tiledShare,
      Span relative) {
    /** Mean and largest relative error. */
    public record Span(double mean, double most) {}
  }

  /**
   * Measures {@link Design#OURS} or {@link Design#HOP} over four days, once a window and a day are
   * full.
   */
  public static List<Miss> of(Design design, Load load, WindowSpec window, long seed) {
    Exactness exactness = new Exactness(design, load, window);
    SpendStream stream = new SpendStream(load, seed);
    long from = load.eventsIn(window.lengthMs() + 2 * DAY_MS);
    long end = from + load.eventsIn(4 * DAY_MS);
    for (long n = 0; n < end; n++) {
      exactness.see(stream, n, n >= from);
    }
    return exactness.errors(load);
  }

  private static Layout layout(Catalogue catalogue) {
    return new Layout(
        catalogue.measures(Entity.ACCOUNT).stream().map(Catalogue.MeasureAt::measure).toList(),
        List.of(),
        List.of());
  }

  private void see(SpendStream stream, long n, boolean counts) {
    Spend spend = new Spend(stream.timeMs(n), stream.amountMinor(n));
    KeyWindows entity = entities.get(stream.entity(n));
    entity.exact(spend, exact);
    boolean fromTiles = false;
    if (design == Design.OURS) {
      fromTiles = entity.ours(spend, n, found);
    } else {
      entity.hop(spend, found);
    }
    if (counts) {
      events++;
      tiled += fromTiles ? 1 : 0;
      for (int i = 0; i < found.length; i++) {
        double error = Double.isNaN(found[i]) ? 1 : Math.abs(found[i] - exact[i]) / exact[i];
        total[i] += error;
        most[i] = Math.max(most[i], error);
      }
    }
  }

  private List<Miss> errors(Load load) {
    List<Miss> errors = new ArrayList<>();
    for (int i = 0; i < AGGREGATES.length; i++) {
      errors.add(
          new Miss(
              design,
              load.name(),
              window.word(),
              AGGREGATES[i],
              events,
              (double) tiled / events,
              new Miss.Span(total[i] / events, most[i])));
    }
    return errors;
  }

  /** One entity's windows by each way. */
  static final class KeyWindows {
    private final long windowMs;
    private final EntityWindows kernel;
    private final EntityHistory history;
    private final SlidingExact sliding = new SlidingExact();
    private final SlidingExact over = new SlidingExact();
    private final ArrayDeque<Spend> open = new ArrayDeque<>();

    KeyWindows(long windowMs, EntityWindows kernel) {
      this.windowMs = windowMs;
      this.kernel = kernel;
      this.history = kernel.empty();
    }

    /** The window that ends with the event and holds it. */
    void exact(Spend spend, double[] into) {
      sliding.add(spend);
      sliding.forget(spend.timeMs() - windowMs);
      sliding.answer(into);
    }

    /** The kernel's answers; whether some came from tiles. */
    boolean ours(Spend spend, long id, double[] into) {
      Amount amount = new Amount(spend.amount(), spend.amount(), 1);
      return kernel.add(history, new Event(spend.timeMs(), id, amount, 0, new long[0]), into);
    }

    /** The newest hopping window {@code [end - w, end)} with an end at the event or before. */
    void hop(Spend spend, double[] into) {
      open.addLast(spend);
      long hopMs = windowMs / DesignsJob.HOPS;
      long endMs = Math.floorDiv(spend.timeMs(), hopMs) * hopMs;
      while (!open.isEmpty() && open.getFirst().timeMs() < endMs) {
        over.add(open.removeFirst());
      }
      over.forget(endMs - windowMs - 1);
      over.answer(into);
    }
  }
}
