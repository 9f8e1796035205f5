package dev.tidegate.features.catalogue;

import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;

/** Says features in words. */
final class Wording {
  private final Catalogue catalogue;

  Wording(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Description of(Feature feature) {
    if (feature instanceof Feature.Measured measured) {
      return of(measured);
    }
    if (feature instanceof Feature.OfPayment of) {
      return new Description("payment", of.value().definition(), "", of.value().unit());
    }
    Feature.Ratio ratio = (Feature.Ratio) feature;
    String meaning = ratio.numerator() + " over " + ratio.denominator();
    return new Description("ratio", meaning, "", "ratio");
  }

  private Description of(Feature.Measured feature) {
    Measure measure = feature.measure();
    Aggregate aggregate = Aggregate.of(measure.kind());
    StringBuilder meaning = new StringBuilder(meaning(measure, aggregate));
    if (measure.filter() != Measure.ALL) {
      meaning.append(" where ").append(catalogue.filters().get(measure.filter()));
    }
    if (measure.money() == Money.BASE) {
      meaning.append(", converted to the base currency");
    }
    if (measure.delayMs() > 0) {
      meaning.append(", up to ").append(Span.text(measure.delayMs())).append(" before the payment");
    } else if (aggregate.mayChooseItself() && !measure.withItself()) {
      meaning.append(", of the payments before this one");
    }
    String unit = aggregate.unit();
    if (measure.money() == Money.BASE && unit.equals("major units")) {
      unit = PaymentValue.BASE_AMOUNT.unit();
    }
    String window = measure.windowMs() == 0 ? "" : Span.text(measure.windowMs());
    return new Description(feature.entity().noun(), meaning.toString(), window, unit);
  }

  private String meaning(Measure measure, Aggregate aggregate) {
    String tag = "";
    if (measure.tag() != Measure.NO_TAG) {
      String noun = catalogue.tags().get(measure.tag()).noun();
      tag = measure.kind() == Kind.TIME_SINCE ? " of the same " + noun : noun;
    }
    String quantile = String.valueOf(measure.quantile());
    return aggregate.meaning().replace("{tag}", tag).replace("{quantile}", quantile);
  }
}
