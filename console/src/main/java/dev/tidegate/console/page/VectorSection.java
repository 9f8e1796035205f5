package dev.tidegate.console.page;

import dev.tidegate.schemas.event.Alert;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The feature vector as of the decision, as tables. Below each mean stands how many times it this
 * payment is, which is what an analyst would work out. Every value bears its feature's name as a
 * tooltip: rules are written with it.
 */
record VectorSection(Alert alert) {
  private static final double STRIKING = 3;

  Markup render() {
    FeatureGrid grid = FeatureGrid.of(alert.getFeatureNames(), alert.getFeatureValues());
    if (grid.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section class="vector" aria-label="Features as of the decision">
        <h2>As of the decision <small>{}</small></h2>
        {}{}{}{}
        </section>""",
        Markup.when(
            !grid.entities().isEmpty(),
            Markup.of(
                "Payments, sums and means hold this payment; scores, \u201cnew\u201d and"
                    + " \u201csince\u201d compare it with those before. Known fraud and delayed"
                    + " counts leave out the latest days, whose labels are still to come.")),
        list("Payment", grid.payment()),
        Markup.each(grid.entities(), this::entity),
        list("Ratios", grid.ratios()),
        silent(grid.silent()));
  }

  private Markup entity(FeatureGrid.Entity entity) {
    return Markup.of(
        "<div class=\"entity\"><table><caption>{}</caption><thead><tr>"
            + "<td></td>{}</tr></thead><tbody>{}</tbody></table></div>",
        FeatureMeasure.title(entity.name()),
        Markup.each(
            entity.windows(),
            window ->
                Markup.of(
                    "<th scope=\"col\">{}</th>", window.name().isEmpty() ? "ever" : window.name())),
        Markup.each(entity.rows(), row -> row(row, entity.windows())));
  }

  private Markup row(FeatureGrid.Row row, List<FeatureGrid.Window> windows) {
    FeatureWords words = FeatureWords.ofEntity(row.feature());
    Markup values =
        Markup.of(
            "<tr><th scope=\"row\">{}</th>{}</tr>",
            words.label(),
            Markup.each(windows, window -> cell(row.cells().get(window), words.form())));
    return row.feature().equals("mean")
        ? Markup.of(
            "{}<tr><th scope=\"row\">This payment over mean</th>{}</tr>",
            values,
            Markup.each(windows, window -> ratio(row.cells().get(window))))
        : values;
  }

  private Markup cell(FeatureGrid.@Nullable Feature feature, FeatureForm form) {
    if (feature == null) {
      return Markup.of("<td></td>");
    }
    return Markup.of(
        "<td title=\"{}\"{}>{}</td>",
        feature.name(),
        Markup.when(!Float.isFinite(feature.value()), Markup.of(" class=\"none\"")),
        form.text(feature.value(), currency()));
  }

  private Markup ratio(FeatureGrid.@Nullable Feature mean) {
    if (mean == null) {
      return Markup.of("<td></td>");
    }
    double amount =
        alert.getTransaction().getAmountMinor() / Math.pow(10, Amounts.digits(currency()));
    double ratio = amount / mean.value();
    if (mean.value() <= 0 || !Double.isFinite(ratio)) {
      return Markup.of("<td class=\"none\">\u2013</td>");
    }
    return Markup.of(
        "<td{}>{}\u00d7</td>",
        Markup.when(ratio >= STRIKING, Markup.of(" class=\"striking\"")),
        String.format(Locale.ROOT, ratio < 10 ? "%.1f" : "%,.0f", ratio));
  }

  private Markup list(String title, List<FeatureGrid.Feature> features) {
    return features.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            "<div class=\"entity\"><h3>{}</h3><dl class=\"others {}\">{}</dl></div>",
            title,
            title.toLowerCase(Locale.ROOT),
            Markup.each(features, this::entry));
  }

  private Markup entry(FeatureGrid.Feature feature) {
    FeatureWords words = FeatureWords.ofPayment(feature.name());
    return Markup.of(
        "<div><dt>{}</dt><dd title=\"{}\">{}</dd></div>",
        words.label(),
        feature.name(),
        words.form().text(feature.value(), currency()));
  }

  private static Markup silent(List<String> entities) {
    return entities.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            "<p class=\"none\">Nothing is known of: {}.</p>",
            String.join(", ", entities.stream().map(FeatureMeasure::words).toList()));
  }

  private String currency() {
    return alert.getTransaction().getCurrency();
  }
}
