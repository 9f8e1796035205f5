package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.catalogue.Sequence;
import dev.tidegate.features.catalogue.SequenceField;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.ArrayList;
import java.util.List;

/**
 * What the entities' stages found, as a vector: amounts in major units, then what the payment alone
 * says, then the ratios; and their sequences. Not thread safe.
 */
final class VectorWriter {
  private final Catalogue catalogue;
  private final MajorUnits units = new MajorUnits();
  private final Money[] money;
  private final List<Sequence> sequences;

  VectorWriter(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.money = catalogue.features().stream().map(VectorWriter::moneyOf).toArray(Money[]::new);
    this.sequences = catalogue.sequences();
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
    return new FeatureVector(
        transaction,
        catalogue.digest(),
        list,
        payment.late,
        payment.tiled,
        sequences(payment, transaction.getCurrency()));
  }

  private List<List<Float>> sequences(Payment payment, String own) {
    List<List<Float>> lists = new ArrayList<>(sequences.size());
    for (int i = 0; i < sequences.size(); i++) {
      byte[] bytes = i < payment.sequences.length ? payment.sequences[i] : SequenceBytes.NONE;
      float[] values = SequenceBytes.read(bytes);
      List<SequenceField> fields = sequences.get(i).fields();
      scale(values, fields, SequenceField.AMOUNT, own);
      scale(values, fields, SequenceField.BASE_AMOUNT, catalogue.rates().base());
      lists.add(new FloatList(values));
    }
    return lists;
  }

  /** Brings one column of a sequence to major units. */
  private void scale(
      float[] values, List<SequenceField> fields, SequenceField column, String currency) {
    int first = fields.indexOf(column);
    for (int i = first; first >= 0 && i < values.length; i += fields.size()) {
      values[i] = (float) units.of(values[i], currency);
    }
  }
}
