package dev.tidegate.features.history;

/** Events that several measures look at together. See {@link Measure} for the components. */
record Span(int filter, Money money, long windowMs, long delayMs, boolean withItself) {
  static Span of(Measure measure) {
    return new Span(
        measure.filter(),
        measure.money(),
        measure.windowMs(),
        measure.delayMs(),
        measure.withItself());
  }

  /** How far before an event the span begins. */
  long reachMs() {
    return windowMs + delayMs;
  }
}
