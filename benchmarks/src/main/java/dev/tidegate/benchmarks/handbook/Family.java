package dev.tidegate.benchmarks.handbook;

import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Measure;
import java.util.Locale;

/**
 * Features that ask the same kind of question. Each feature of any catalogue has exactly one
 * family, by its definition alone; where two would fit, the later one in this order is taken.
 */
public enum Family {
  /** The payment alone. */
  PAYMENT("the payment alone: amount, hour, day, flags"),
  /** How often and how much the payer pays. */
  PAYER_VELOCITY("counts, sums, means, extremes of account, card, customer"),
  /** The amount against the payer's past amounts. */
  OWN_PAST("z-score and quantile ratios of the amount in the account's past"),
  /** How often and how much the paid side is paid, and the amount against its past. */
  PAID_SIDE("the same of counterparty, terminal, merchant"),
  /** Device, address, corridor. */
  CHANNEL("counts and z-score of device, address, corridor"),
  /** The hour of day against the usual hours. */
  HOUR("hour of day against the usual hours, von Mises"),
  /** Numbers of different values. */
  SPREAD("distinct payees, payers, countries, categories, devices"),
  /** Time since, age, first times. */
  RECENCY("time since the last, age, new to the payer"),
  /** Only payments that pass a filter. */
  FILTERED("counts and sums of filtered payments"),
  /** What is known of fraud, with the label delay. */
  LABELS("frauds, risk and their delayed counts"),
  /** One feature over another. */
  RATIOS("one feature over another");

  private final String meaning;

  Family(String meaning) {
    this.meaning = meaning;
  }

  /** Its features in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Name for people and JSON, such as {@code payer velocity}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The family of a feature. */
  public static Family of(Feature feature) {
    if (feature instanceof Feature.Ratio) {
      return RATIOS;
    }
    return feature instanceof Feature.Measured measured
        ? of(measured.entity(), measured.measure())
        : PAYMENT;
  }

  private static Family of(Entity entity, Measure measure) {
    if (measure.delayMs() > 0) {
      return LABELS;
    }
    if (measure.filter() != Measure.ALL) {
      return FILTERED;
    }
    return switch (measure.kind()) {
      case FRAUDS, RISK -> LABELS;
      case DISTINCT -> SPREAD;
      case TIME_SINCE, FIRST_SEEN, IS_NEW -> RECENCY;
      case HOUR_DISTANCE, HOUR_SCORE -> HOUR;
      case COUNT, SUM, MEAN, DEVIATION, MAX, MIN, Z_SCORE, QUANTILE_RATIO ->
          ofAmounts(entity, measure.kind());
    };
  }

  private static Family ofAmounts(Entity entity, Kind kind) {
    return switch (entity) {
      case ACCOUNT, CARD, CUSTOMER ->
          kind == Kind.Z_SCORE || kind == Kind.QUANTILE_RATIO ? OWN_PAST : PAYER_VELOCITY;
      case COUNTERPARTY, TERMINAL, MERCHANT -> PAID_SIDE;
      case DEVICE, IP, CORRIDOR -> CHANNEL;
    };
  }
}
