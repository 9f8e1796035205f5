package dev.tidegate.console.page;

/**
 * How a feature is spoken of: the words for its name, and the form of its values.
 *
 * @param label for example {@code Payments}
 * @param form how the values are written
 */
record FeatureWords(String label, FeatureForm form) {
  /** Of an entity's feature, by its name without entity and window. */
  static FeatureWords ofEntity(String feature) {
    FeatureMeasure measure = FeatureMeasure.of(feature);
    String label = measure.label(feature);
    return new FeatureWords(
        label.equals(feature) ? FeatureMeasure.title(label) : label, measure.form(feature));
  }

  /** Of a feature of the payment alone, or of a ratio. */
  static FeatureWords ofPayment(String name) {
    String words = name.startsWith("is_") ? name.substring("is_".length()) : name;
    return new FeatureWords(FeatureMeasure.title(words.replace("_per_", " \u00f7 ")), form(name));
  }

  /** Of any feature outside a table: the entity before it and the window after it. */
  static FeatureWords of(String name) {
    return FeatureName.of(name).map(FeatureWords::whole).orElseGet(() -> ofPayment(name));
  }

  private static FeatureWords whole(FeatureName name) {
    FeatureWords words = ofEntity(name.feature());
    String label = FeatureMeasure.title(name.entity()) + " \u00b7 " + words.label();
    String window = name.window().name();
    return new FeatureWords(window.isEmpty() ? label : label + " \u00b7 " + window, words.form());
  }

  private static FeatureForm form(String name) {
    return switch (name) {
      case "amount" -> FeatureForm.MONEY;
      case "base_amount" -> FeatureForm.BASE_MONEY;
      case "log_amount" -> FeatureForm.DECIMAL;
      case "hour_of_day" -> FeatureForm.CLOCK;
      case "day_of_week" -> FeatureForm.WEEKDAY;
      default -> {
        FeatureForm known = name.startsWith("is_") ? FeatureForm.FLAG : FeatureForm.NUMBER;
        yield FeatureName.isRatio(name) ? FeatureForm.DECIMAL : known;
      }
    };
  }
}
