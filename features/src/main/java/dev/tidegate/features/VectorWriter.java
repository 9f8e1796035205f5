package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.ArrayList;
import java.util.List;

/**
 * What the entities' stages found, as a vector: amounts in major units, then what the payment alone
 * says, then the ratios. Not thread safe.
 */
final class VectorWriter {
  private final Catalogue catalogue;
  private final MajorUnits units = new MajorUnits();
  private final Money[] money;

  VectorWriter(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.money = catalogue.features().stream().map(VectorWriter::moneyOf).toArray(Money[]::new);
  }

  /** Whose units a feature's value has; none for a plain number. */
  private static Money moneyOf(Feature feature) {
    if (!(feature instanceof Feature.Measured measured)) {
      return Money.NONE;
    }
    Measure measure = measured.measure();
    return switch (measure.kind()) {
      case SUM, MEAN, DEVIATION, MAX, MIN -> measure.money();
      default -> Money.NONE;
    };
  }

  FeatureVector write(Payment payment, Transaction transaction) {
    double[] values = payment.values;
    String base = catalogue.rates().base();
    for (int i = 0; i < values.length; i++) {
      switch (money[i]) {
        case OWN -> values[i] = units.of(values[i], transaction.getCurrency());
        case BASE -> values[i] = units.of(values[i], base);
        case NONE -> {}
      }
    }
    for (Catalogue.ValueAt at : catalogue.values()) {
      values[at.place()] = at.value().of(transaction, units, catalogue.rates());
    }
    for (Catalogue.RatioAt ratio : catalogue.ratios()) {
      double under = values[ratio.denominator()];
      values[ratio.place()] = under == 0 ? Double.NaN : values[ratio.numerator()] / under;
    }
    List<Float> list = new ArrayList<>(values.length);
    for (double value : values) {
      list.add((float) value);
    }
    return new FeatureVector(transaction, catalogue.digest(), list, payment.late, payment.tiled);
  }
}
