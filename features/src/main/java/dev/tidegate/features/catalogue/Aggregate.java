package dev.tidegate.features.catalogue;

import dev.tidegate.features.history.Kind;
import java.util.Locale;
import java.util.Set;

/** Each {@link Kind} of measure as the catalogue writes it: what it takes, and what it says. */
enum Aggregate {
  COUNT("number of payments", "payments", Rule.MAY_DELAY, Rule.WITH_ITSELF),
  SUM("sum of the amounts", "major units", Rule.AMOUNT, Rule.MAY_DELAY, Rule.WITH_ITSELF),
  MEAN("mean amount", "major units", Rule.AMOUNT, Rule.MAY_DELAY, Rule.WITH_ITSELF),
  DEVIATION(
      "sample standard deviation of the amounts",
      "major units",
      Rule.AMOUNT,
      Rule.MAY_DELAY,
      Rule.WITH_ITSELF),
  MAX("largest amount", "major units", Rule.AMOUNT, Rule.WITH_ITSELF),
  MIN("smallest amount", "major units", Rule.AMOUNT, Rule.WITH_ITSELF),
  DISTINCT("number of different values of {tag}", "values", Rule.TAG, Rule.WITH_ITSELF),
  TIME_SINCE("time since the payment before{tag}", "seconds", Rule.MAY_TAG),
  FIRST_SEEN("time since the first payment ever", "seconds", Rule.EVER),
  IS_NEW("whether no earlier payment has this {tag}", "0 or 1", Rule.TAG),
  Z_SCORE(
      "amount less the mean amount, over the standard deviation",
      "standard deviations",
      Rule.AMOUNT,
      Rule.WITHOUT_ITSELF),
  QUANTILE_RATIO(
      "amount over the {quantile} quantile of the amounts",
      "ratio",
      Rule.AMOUNT,
      Rule.QUANTILE,
      Rule.WITHOUT_ITSELF),
  HOUR_DISTANCE(
      "distance of the hour of day from the periodic mean hour", "hours", Rule.WITHOUT_ITSELF),
  HOUR_SCORE(
      "distance of the hour of day from the periodic mean hour, over the periodic deviation",
      "standard deviations",
      Rule.WITHOUT_ITSELF),
  FRAUDS("number of payments known as fraud", "payments", Rule.MUST_DELAY),
  RISK("share of payments known as fraud", "share", Rule.MUST_DELAY);

  /** What a family of an aggregate must say, or may. */
  enum Rule {
    /** Takes amounts: field amount (default) or base_amount. */
    AMOUNT,
    /** Needs a tag as field. */
    TAG,
    /** May have a tag as field. */
    MAY_TAG,
    /** Has no window and no filter: it looks at all time. */
    EVER,
    /** Needs a quantile. */
    QUANTILE,
    /** May end before the payment. */
    MAY_DELAY,
    /** Must end before the payment: it looks at labels, which a bank has only later. */
    MUST_DELAY,
    /** Counts the payment itself, unless with_itself says otherwise. */
    WITH_ITSELF,
    /** Leaves the payment itself out, unless with_itself says otherwise. */
    WITHOUT_ITSELF
  }

  private final String meaning;
  private final String unit;
  private final Set<Rule> rules;

  Aggregate(String meaning, String unit, Rule... rules) {
    this.meaning = meaning;
    this.unit = unit;
    this.rules = Set.of(rules);
  }

  static Aggregate of(Kind kind) {
    return valueOf(kind.name());
  }

  Kind kind() {
    return Kind.valueOf(name());
  }

  /** Word in the catalogue and in the features' names. */
  String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it says, with {@code {tag}} and {@code {quantile}} where those go. */
  String meaning() {
    return meaning;
  }

  String unit() {
    return unit;
  }

  boolean has(Rule rule) {
    return rules.contains(rule);
  }

  /** Whether the payment itself counts where the family does not say. */
  boolean isWithItself() {
    return has(Rule.WITH_ITSELF) || has(Rule.EVER);
  }

  /** Whether a family may say if the payment itself counts. */
  boolean mayChooseItself() {
    return has(Rule.WITH_ITSELF) || has(Rule.WITHOUT_ITSELF);
  }
}
