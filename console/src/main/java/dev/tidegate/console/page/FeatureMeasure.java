package dev.tidegate.console.page;

import java.util.Locale;

/**
 * What a feature measures, known by how its name goes on after the entity; in the order in which an
 * analyst reads them.
 */
enum FeatureMeasure {
  COUNT("count", FeatureForm.WHOLE, "Payments", "Payments, {}"),
  SUM("sum", FeatureForm.MONEY, "Sum", "Sum, {}"),
  MEAN("mean", FeatureForm.MONEY, "Mean", "Mean, {}"),
  MAX("max", FeatureForm.MONEY, "Largest", "Largest, {}"),
  MIN("min", FeatureForm.MONEY, "Smallest", "Smallest, {}"),
  DEVIATION("deviation", FeatureForm.MONEY, "Deviation", "Deviation, {}"),
  Z_SCORE("z_score", FeatureForm.DECIMAL, "Z-score of the amount", "Z-score, {}"),
  QUANTILE(
      "quantile_ratio", FeatureForm.DECIMAL, "Amount over quantile", "Amount over quantile {}"),
  HOUR_DISTANCE(
      "hour_distance", FeatureForm.HOURS, "From the usual hour", "From the usual hour, {}"),
  HOUR_SCORE("hour_score", FeatureForm.DECIMAL, "Score of the hour", "Score of the hour, {}"),
  DISTINCT("distinct", FeatureForm.WHOLE, "Different", "Different: {}"),
  IS_NEW("is_new", FeatureForm.FLAG, "New", "New {}"),
  IS("is", FeatureForm.FLAG, "Is", "Is {}"),
  TIME_SINCE("time_since", FeatureForm.SPAN, "Since the payment before", "Since the same {}"),
  FIRST_SEEN("first_seen", FeatureForm.SPAN, "Since first seen", "Since first seen, {}"),
  SHARE("share", FeatureForm.PERCENT, "Share", "Share: {}"),
  RISK("risk", FeatureForm.PERCENT, "Known as fraud", "Known as fraud, {}"),
  FRAUDS("frauds", FeatureForm.WHOLE, "Known frauds", "Known frauds, {}"),
  /** None of these: the name itself is the label. */
  OTHER("", FeatureForm.NUMBER, "", "{}");

  private static final String BASE = "base";

  private final String word;
  private final FeatureForm form;
  private final String alone;
  private final String withRest;

  FeatureMeasure(String word, FeatureForm form, String alone, String withRest) {
    this.word = word;
    this.form = form;
    this.alone = alone;
    this.withRest = withRest;
  }

  /** What a feature measures, by its name without entity and window. */
  static FeatureMeasure of(String feature) {
    for (FeatureMeasure measure : values()) {
      if (starts(feature, measure.word)) {
        return measure;
      }
    }
    return OTHER;
  }

  /** How the values are written. */
  FeatureForm form(String feature) {
    return form == FeatureForm.MONEY && starts(rest(feature), BASE) ? FeatureForm.BASE_MONEY : form;
  }

  /** What stands before a row. */
  String label(String feature) {
    String rest = rest(feature);
    if (form == FeatureForm.MONEY && starts(rest, BASE)) {
      return label(after(rest, BASE)) + " (base currency)";
    }
    return rest.isEmpty() ? alone : withRest.replace("{}", words(rest));
  }

  /** A name as words: {@code ip} is written as the abbreviation that it is. */
  static String words(String name) {
    return (" " + name.replace('_', ' ') + " ").replace(" ip ", " IP ").strip();
  }

  /** The same with a capital at its start. */
  static String title(String name) {
    String words = words(name);
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private String rest(String feature) {
    return starts(feature, word) ? after(feature, word) : feature;
  }

  private static boolean starts(String text, String word) {
    return !word.isEmpty() && (text.equals(word) || text.startsWith(word + "_"));
  }

  private static String after(String text, String word) {
    return text.equals(word) ? "" : text.substring(word.length() + 1);
  }
}
