package dev.tidegate.console.page;

import dev.tidegate.schemas.event.Alert;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The feature vector as of the decision, as tables. Beside each mean stands how many times it this
 * payment is, which is what an analyst would work out.
 */
record VectorSection(Alert alert) {
  private static final double STRIKING = 3;

  Markup render() {
    FeatureGrid grid = FeatureGrid.of(alert.getFeatureNames(), alert.getFeatureValues());
    if (grid.tables().isEmpty() && grid.others().isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section class="vector" aria-label="Features as of the decision">
        <h2>As of the decision <small>windows end with this payment and include it</small></h2>
        <div class="grids">{}</div>{}
        </section>""",
        Markup.each(grid.tables(), this::table),
        others(grid.others()));
  }

  private Markup table(FeatureGrid.Table table) {
    return Markup.of(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">Window</th>{}</tr></thead>"
            + "<tbody>{}</tbody></table>",
        capital(table.entity()),
        Markup.each(table.aggregates(), this::column),
        Markup.each(table.windows(), window -> row(table.aggregates(), window)));
  }

  private Markup column(String aggregate) {
    return Markup.of(
        "<th scope=\"col\">{}</th>{}",
        capital(aggregate.replace('_', ' ')),
        Markup.when(
            aggregate.equals("mean"),
            Markup.of(
                "<th scope=\"col\" title=\"This payment divided by the mean\">vs mean</th>")));
  }

  private Markup row(List<String> aggregates, FeatureGrid.Window window) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th>{}</tr>",
        window.name(),
        Markup.each(aggregates, aggregate -> cell(aggregate, window.values().get(aggregate))));
  }

  private Markup cell(String aggregate, @Nullable Float value) {
    if (value == null || !Float.isFinite(value)) {
      Markup none = Markup.of("<td class=\"none\" title=\"no value\">\u2013</td>");
      return aggregate.equals("mean") ? Markup.of("{}{}", none, none) : none;
    }
    if (aggregate.equals("count")) {
      return Markup.of("<td>{}</td>", Amounts.count(Math.round(value)));
    }
    String amount = Amounts.major(value, alert.getTransaction().getCurrency());
    return aggregate.equals("mean")
        ? Markup.of("<td>{}</td>{}", amount, ratio(value))
        : Markup.of("<td>{}</td>", amount);
  }

  private Markup ratio(float mean) {
    String currency = alert.getTransaction().getCurrency();
    double amount =
        alert.getTransaction().getAmountMinor() / Math.pow(10, Amounts.digits(currency));
    double ratio = amount / mean;
    if (mean <= 0 || !Double.isFinite(ratio)) {
      return Markup.of("<td class=\"none\">\u2013</td>");
    }
    return Markup.of(
        "<td{}>{}\u00d7</td>",
        Markup.when(ratio >= STRIKING, Markup.of(" class=\"striking\"")),
        String.format(Locale.ROOT, ratio < 10 ? "%.1f" : "%,.0f", ratio));
  }

  private static Markup others(Map<String, Float> others) {
    if (others.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        "<dl class=\"others\">{}</dl>",
        Markup.each(
            others.entrySet(),
            entry ->
                Markup.of(
                    "<div><dt>{}</dt><dd>{}</dd></div>",
                    capital(entry.getKey().replace('_', ' ')),
                    number(entry.getValue()))));
  }

  private static String number(float value) {
    if (!Float.isFinite(value)) {
      return "\u2013";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Amounts.count((long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  private static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
