package dev.tidegate.features.history;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Catalogue.RatioAt;
import dev.tidegate.features.catalogue.Catalogue.ValueAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.catalogue.Filters;
import dev.tidegate.features.catalogue.Tag;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whole vectors from the definitions: an {@link Oracle} for each entity, the catalogue's own words
 * for what a payment says alone, and ratios of these. Shares nothing with the job but the reading
 * of the catalogue. Takes each payment once, in the order of time.
 */
public final class VectorOracle {
  private static final int WHOLE = 512;

  private final Catalogue catalogue;
  private final Filters filters;
  private final MajorUnits units = new MajorUnits();
  private final Map<String, Oracle> entities = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, Event> events = new HashMap<>();

  /** What a vector must be. */
  public static final class Expected {
    private final double[] values;
    private final boolean[] exact;

    private Expected(int size) {
      values = new double[size];
      exact = new boolean[size];
      Arrays.fill(values, Double.NaN);
      Arrays.fill(exact, true);
    }

    /** A feature's value, if it is exact; NaN where there is none. */
    public double value(int feature) {
      return values[feature];
    }

    /** Whether the stage promises this value exactly. */
    public boolean isExact(int feature) {
      return exact[feature];
    }

    /** Whether some window holds more events than are kept whole. */
    public boolean isApproximate() {
      for (boolean is : exact) {
        if (!is) {
          return true;
        }
      }
      return false;
    }
  }

  /** Vectors of a catalogue. */
  public VectorOracle(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.filters = catalogue.compiledFilters();
  }

  /** The vector of a payment, which counts for all that follow. */
  public Expected of(Transaction payment) {
    Event event = event(payment);
    events.put(payment.getTransactionId(), event);
    Expected vector = new Expected(catalogue.size());
    for (Entity entity : catalogue.entities()) {
      String id = entity.idOf(payment);
      if (id != null) {
        measure(entity, oracle(entity, id), event, vector);
      }
    }
    inMajorUnits(payment, vector.values);
    for (ValueAt at : catalogue.values()) {
      vector.values[at.place()] = at.value().of(payment, units, catalogue.rates());
    }
    for (RatioAt ratio : catalogue.ratios()) {
      double under = vector.values[ratio.denominator()];
      vector.values[ratio.place()] =
          under == 0 ? Double.NaN : vector.values[ratio.numerator()] / under;
      vector.exact[ratio.place()] =
          vector.exact[ratio.numerator()] && vector.exact[ratio.denominator()];
    }
    return vector;
  }

  /** Notes that a payment, if it was seen, is known as fraud from now on. */
  public void fraud(Transaction payment) {
    Event event = events.get(payment.getTransactionId());
    if (event != null) {
      for (Entity entity : catalogue.entities()) {
        String id = entity.idOf(payment);
        if (id != null) {
          oracle(entity, id).label(event, true);
        }
      }
    }
  }

  private Oracle oracle(Entity entity, String id) {
    return entities.computeIfAbsent(entity + " " + id, key -> new Oracle());
  }

  private static void measure(List<MeasureAt> asked, Oracle oracle, Event event, Expected vector) {
    double[] answers = oracle.add(event, asked.stream().map(MeasureAt::measure).toList());
    for (int i = 0; i < answers.length; i++) {
      vector.values[asked.get(i).place()] = answers[i];
    }
  }

  private void measure(Entity entity, Oracle oracle, Event event, Expected vector) {
    oracle.add(event, List.of());
    List<MeasureAt> exact = new ArrayList<>();
    for (MeasureAt at : catalogue.measures(entity)) {
      if (isWhole(oracle, event, at.measure())) {
        exact.add(at);
      } else {
        vector.exact[at.place()] = false;
      }
    }
    measure(exact, oracle, event, vector);
  }

  /** Whether all that a measure may look at is among an entity's newest events. */
  private static boolean isWhole(Oracle oracle, Event event, Measure measure) {
    long fromMs = event.timeMs() - measure.windowMs() - measure.delayMs();
    return measure.windowMs() == 0 || oracle.countWithin(fromMs, event.timeMs()) <= WHOLE;
  }

  private void inMajorUnits(Transaction payment, double[] values) {
    List<Feature> features = catalogue.features();
    for (int i = 0; i < values.length; i++) {
      if (features.get(i) instanceof Feature.Measured measured && isAmount(measured.measure())) {
        boolean base = measured.measure().money() == Money.BASE;
        values[i] = units.of(values[i], base ? catalogue.rates().base() : payment.getCurrency());
      }
    }
  }

  private static boolean isAmount(Measure measure) {
    return switch (measure.kind()) {
      case SUM, MEAN, DEVIATION, MAX, MIN -> true;
      default -> false;
    };
  }

  private Event event(Transaction payment) {
    long amount = payment.getAmountMinor();
    String currency = payment.getCurrency();
    List<Tag> tags = catalogue.tags();
    long[] values = new long[tags.size()];
    for (int i = 0; i < values.length; i++) {
      String value = tags.get(i).valueOf(payment);
      values[i] = value == null ? Event.NO_VALUE : number(value);
    }
    return new Event(
        payment.getEventTimeMs(),
        number(payment.getTransactionId()),
        new Amount(
            amount,
            catalogue.rates().toBaseMinor(amount, currency),
            Math.toIntExact(number(currency))),
        filters.bits(payment),
        values);
  }

  /** A number for a text, from 1 on. */
  private long number(String text) {
    return numbers.computeIfAbsent(text, key -> numbers.size() + 1L);
  }
}
