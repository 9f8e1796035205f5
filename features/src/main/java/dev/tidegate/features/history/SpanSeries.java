package dev.tidegate.features.history;

import dev.tidegate.features.history.SeriesPlan.Series;

/** Places of the series that one span reads; {@link SeriesPlan#NONE} for those nobody asks for. */
record SpanSeries(
    int count, int frauds, int cosine, int sine, int sum, int squares, int max, int min) {
  static SpanSeries of(SeriesPlan plan, Span span) {
    int filter = span.filter();
    boolean base = span.money() == Money.BASE;
    boolean amounts = span.money() != Money.NONE;
    return new SpanSeries(
        plan.of(filter, base ? Series.BASE_COUNT : Series.COUNT),
        plan.of(filter, Series.FRAUDS),
        amounts ? SeriesPlan.NONE : plan.of(filter, Series.COSINE),
        amounts ? SeriesPlan.NONE : plan.of(filter, Series.SINE),
        amounts ? plan.of(filter, base ? Series.BASE_SUM : Series.OWN_SUM) : SeriesPlan.NONE,
        amounts
            ? plan.of(filter, base ? Series.BASE_SQUARES : Series.OWN_SQUARES)
            : SeriesPlan.NONE,
        amounts ? plan.of(filter, base ? Series.BASE_MAX : Series.OWN_MAX) : SeriesPlan.NONE,
        amounts ? plan.of(filter, base ? Series.BASE_MIN : Series.OWN_MIN) : SeriesPlan.NONE);
  }
}
