package dev.tidegate.features.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Keeps every event and computes each measure from its definition, event by event. */
final class Oracle {
  /** An event and whether it counts; a repeat stands for its first coming. */
  record Known(Event event, int order) {}

  private final List<Known> known = new ArrayList<>();
  private final Map<Known, Boolean> frauds = new HashMap<>();

  /** The answers as of an event, which is added unless it is known. */
  double[] add(Event event, List<Measure> measures) {
    Known self = find(event);
    if (self == null) {
      self = new Known(event, known.size());
      known.add(self);
    }
    double[] answers = new double[measures.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = answer(self, measures.get(i));
    }
    return answers;
  }

  boolean isFraud(Event event) {
    return frauds.getOrDefault(find(event), false);
  }

  void label(Event event, boolean fraud) {
    frauds.put(find(event), fraud);
  }

  /** The last events as of one that was added. */
  float[] recent(Event event, Recent wanted) {
    Known self = find(event);
    List<Event> events =
        known.stream()
            .filter(other -> isBefore(other, self) || other.equals(self))
            .filter(other -> other.event().timeMs() > event.timeMs() - Recent.REACH_MS)
            .sorted(Oracle::inOrder)
            .map(Known::event)
            .toList();
    events = events.subList(Math.max(0, events.size() - wanted.length()), events.size());
    List<Double> values = new ArrayList<>();
    for (Event other : events) {
      wanted.columns().forEach(column -> values.add(told(column, other, event)));
    }
    float[] rows = new float[values.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = values.get(i).floatValue();
    }
    return rows;
  }

  private static double told(Recent.Column column, Event other, Event self) {
    ZonedDateTime time = Instant.ofEpochMilli(other.timeMs()).atZone(ZoneOffset.UTC);
    return switch (column.what()) {
      case AGE -> (self.timeMs() - other.timeMs()) / 1000.0;
      case AMOUNT -> other.currency() == self.currency() ? other.amount() : Double.NaN;
      case BASE_AMOUNT -> other.base() == Amount.NO_BASE ? Double.NaN : other.base();
      case HOUR_OF_DAY -> time.getLong(ChronoField.MILLI_OF_DAY) / 3.6e6;
      case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
      case SAME -> {
        boolean known =
            self.tag(column.tag()) != Event.NO_VALUE && other.tag(column.tag()) != Event.NO_VALUE;
        double same = self.tag(column.tag()) == other.tag(column.tag()) ? 1 : 0;
        yield known ? same : Double.NaN;
      }
    };
  }

  private static int inOrder(Known a, Known b) {
    return a.event().timeMs() != b.event().timeMs()
        ? Long.compare(a.event().timeMs(), b.event().timeMs())
        : Integer.compare(a.order(), b.order());
  }

  int size() {
    return known.size();
  }

  long countWithin(long fromMs, long toMs) {
    return known.stream()
        .filter(k -> k.event().timeMs() > fromMs && k.event().timeMs() <= toMs)
        .count();
  }

  private Known find(Event event) {
    for (Known other : known) {
      if (other.event().timeMs() == event.timeMs()
          && other.event().id() == event.id()
          && other.event().amount() == event.amount()) {
        return other;
      }
    }
    return null;
  }

  /** Those at or before an event's time that came before it, or at any time if earlier. */
  private boolean isBefore(Known other, Known self) {
    return other.event().timeMs() < self.event().timeMs()
        || (other.event().timeMs() == self.event().timeMs() && other.order() < self.order());
  }

  private List<Known> window(Known self, Measure m, boolean withItself) {
    long toMs = self.event().timeMs() - m.delayMs();
    long fromMs = m.windowMs() == 0 ? Long.MIN_VALUE : toMs - m.windowMs();
    Predicate<Known> inTime =
        other -> other.event().timeMs() > fromMs && other.event().timeMs() <= toMs;
    Predicate<Known> inOrder =
        other -> m.delayMs() > 0 || isBefore(other, self) || (withItself && other.equals(self));
    return known.stream()
        .filter(inTime.and(inOrder))
        .filter(other -> other.event().passes(m.filter()))
        .filter(other -> hasMoney(other.event(), self.event(), m.money()))
        .sorted(Oracle::inOrder)
        .toList();
  }

  private static boolean hasMoney(Event other, Event self, Money money) {
    return switch (money) {
      case OWN -> other.currency() == self.currency();
      case BASE -> other.base() != Amount.NO_BASE;
      case NONE -> true;
    };
  }

  private double answer(Known self, Measure m) {
    List<Known> in = window(self, m, m.withItself());
    long[] amounts =
        in.stream()
            .mapToLong(k -> m.money() == Money.BASE ? k.event().base() : k.event().amount())
            .toArray();
    double own =
        m.money() != Money.BASE
            ? self.event().amount()
            : self.event().base() == Amount.NO_BASE ? Double.NaN : self.event().base();
    return switch (m.kind()) {
      case COUNT -> in.size();
      case SUM -> total(amounts).doubleValue();
      case MEAN -> amounts.length == 0 ? Double.NaN : total(amounts).doubleValue() / in.size();
      case DEVIATION -> deviation(amounts);
      case MAX -> extreme(amounts, false);
      case MIN -> extreme(amounts, true);
      case Z_SCORE -> {
        double deviation = deviation(amounts);
        yield deviation > 0
            ? (own - total(amounts).doubleValue() / in.size()) / deviation
            : Double.NaN;
      }
      case QUANTILE_RATIO -> quantileRatio(own, amounts, m.quantile());
      case DISTINCT -> distinct(in, m.tag());
      case FIRST_SEEN -> firstSeen(self);
      case IS_NEW -> isNew(self, m);
      case TIME_SINCE -> timeSince(self, m);
      case HOUR_DISTANCE -> hours(self, in)[0];
      case HOUR_SCORE -> hours(self, in)[1];
      case FRAUDS -> frauds(in);
      case RISK -> in.isEmpty() ? 0 : frauds(in) / in.size();
    };
  }

  private double frauds(List<Known> in) {
    return in.stream().filter(k -> frauds.getOrDefault(k, false)).count();
  }

  private static BigInteger total(long[] amounts) {
    BigInteger sum = BigInteger.ZERO;
    for (long amount : amounts) {
      sum = sum.add(BigInteger.valueOf(amount));
    }
    return sum;
  }

  private static double deviation(long[] amounts) {
    if (amounts.length < 2) {
      return Double.NaN;
    }
    BigDecimal n = BigDecimal.valueOf(amounts.length);
    BigDecimal mean = new BigDecimal(total(amounts)).divide(n, MathContext.DECIMAL128);
    BigDecimal squares = BigDecimal.ZERO;
    for (long amount : amounts) {
      squares = squares.add(BigDecimal.valueOf(amount).subtract(mean).pow(2));
    }
    boolean equal = java.util.Arrays.stream(amounts).distinct().count() == 1;
    BigDecimal variance = squares.divide(n.subtract(BigDecimal.ONE), MathContext.DECIMAL128);
    return equal ? 0 : Math.sqrt(variance.doubleValue());
  }

  private static double extreme(long[] amounts, boolean smallest) {
    if (amounts.length == 0) {
      return Double.NaN;
    }
    long[] sorted = amounts.clone();
    java.util.Arrays.sort(sorted);
    return smallest ? sorted[0] : sorted[sorted.length - 1];
  }

  private static double quantileRatio(double own, long[] amounts, double quantile) {
    if (amounts.length == 0) {
      return Double.NaN;
    }
    long[] sorted = amounts.clone();
    java.util.Arrays.sort(sorted);
    long at = sorted[Math.max(1, (int) Math.ceil(quantile * sorted.length)) - 1];
    return at == 0 ? Double.NaN : own / at;
  }

  private static double distinct(List<Known> in, int tag) {
    HashSet<Long> values = new HashSet<>();
    in.forEach(k -> values.add(k.event().tag(tag)));
    values.remove(Event.NO_VALUE);
    return values.size();
  }

  private double firstSeen(Known self) {
    long first = known.stream().mapToLong(k -> k.event().timeMs()).min().orElseThrow();
    return (self.event().timeMs() - first) / 1000.0;
  }

  private List<Known> sameValue(Known self, Measure m) {
    if (!self.event().passes(m.filter())) {
      return List.of();
    }
    return window(self, m, false).stream()
        .filter(k -> k.event().tag(m.tag()) == self.event().tag(m.tag()))
        .toList();
  }

  private double isNew(Known self, Measure m) {
    if (!self.event().passes(m.filter()) || self.event().tag(m.tag()) == Event.NO_VALUE) {
      return Double.NaN;
    }
    return sameValue(self, m).isEmpty() ? 1 : 0;
  }

  private double timeSince(Known self, Measure m) {
    if (m.tag() != Measure.NO_TAG && self.event().tag(m.tag()) == Event.NO_VALUE) {
      return Double.NaN;
    }
    List<Known> in = m.tag() == Measure.NO_TAG ? window(self, m, false) : sameValue(self, m);
    return in.isEmpty()
        ? Double.NaN
        : (self.event().timeMs() - in.get(in.size() - 1).event().timeMs()) / 1000.0;
  }

  private static double[] hours(Known self, List<Known> in) {
    double sine = 0;
    double cosine = 0;
    for (Known k : in) {
      double angle = angle(Math.floorDiv(k.event().timeMs(), 1000L) * 1000L);
      sine += Math.sin(angle);
      cosine += Math.cos(angle);
    }
    if (in.isEmpty()) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double apart = Math.abs(angle(self.event().timeMs()) - Math.atan2(sine, cosine));
    apart = apart % (2 * Math.PI);
    apart = Math.min(apart, 2 * Math.PI - apart);
    double length = (sine * sine + cosine * cosine) / in.size() / in.size();
    double deviation = Math.sqrt(Math.log(1 / length));
    return new double[] {apart * 12 / Math.PI, deviation > 1e-3 ? apart / deviation : Double.NaN};
  }

  private static double angle(long timeMs) {
    return 2 * Math.PI * Math.floorMod(timeMs, 86_400_000L) / 86_400_000L;
  }
}
