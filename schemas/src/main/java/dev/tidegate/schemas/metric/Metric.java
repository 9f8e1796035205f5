package dev.tidegate.schemas.metric;

import java.util.List;
import java.util.Locale;

/**
 * One number that a stage shows to those who run it. Each stage has one enum of them; {@code
 * docs/reference/metrics.md} is made from these.
 */
public interface Metric {
  /** Name, dotted, beginning with the stage: {@code scoring.decisions}. */
  default String metric() {
    return declared().metric();
  }

  /** Its declaration. */
  Declaration declared();

  /** What kind of number a metric is. */
  enum Kind {
    /** Only grows, from 0 at the start of the process. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A distribution. */
    HISTOGRAM
  }

  /**
   * A dimension of a metric, with every value it can have: a closed set, never ids.
   *
   * @param name name of the dimension
   * @param values all values
   */
  record Tag(String name, List<String> values) {
    /** Checks that the set is not empty. */
    public Tag {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("tag " + name + " has no values");
      }
    }

    /** The names of an enum's constants, in small letters. */
    public static <E extends Enum<E>> Tag of(String name, Class<E> values) {
      return new Tag(name, List.of(values.getEnumConstants()).stream().map(Tag::text).toList());
    }

    /** The value for a constant in {@link #of}. */
    public static String text(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is declared of a metric.
   *
   * @param metric name, dotted
   * @param kind kind of number
   * @param unit what is counted or measured
   * @param meaning one sentence for people
   * @param tags its dimensions
   */
  record Declaration(String metric, Kind kind, String unit, String meaning, List<Tag> tags) {
    /** Checks the name. */
    public Declaration {
      tags = List.copyOf(tags);
      if (!metric.matches("[a-z]+(\\.[a-z0-9]+)+")) {
        throw new IllegalArgumentException(
            "metric " + metric + " is no dotted name in small letters");
      }
    }

    /** Of a number that only grows. */
    public static Declaration counter(String metric, String unit, String meaning, Tag... tags) {
      return new Declaration(metric, Kind.COUNTER, unit, meaning, List.of(tags));
    }

    /** Of a number that goes up and down. */
    public static Declaration gauge(String metric, String unit, String meaning, Tag... tags) {
      return new Declaration(metric, Kind.GAUGE, unit, meaning, List.of(tags));
    }

    /** Of a distribution. */
    public static Declaration histogram(String metric, String unit, String meaning, Tag... tags) {
      return new Declaration(metric, Kind.HISTOGRAM, unit, meaning, List.of(tags));
    }
  }
}
