package dev.tidegate.features;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payments that were under way when a checkpoint was taken, brought over to another catalogue by
 * the names of its entities, features, filters and tags. What the other catalogue does not know is
 * let go; what it asks anew of them is not answered: they pass with what they knew.
 */
final class CarriedPayments {
  private final List<EntityPart> from;
  private final List<EntityPart> to;

  CarriedPayments(List<EntityPart> from, List<EntityPart> to) {
    this.from = from;
    this.to = to;
  }

  /** The payment under the other catalogue; null for one asked of an entity that it lacks. */
  @Nullable Payment carry(Payment payment) {
    if (from.equals(to)) {
      return payment;
    }
    return payment.entity == Payment.WHOLE ? whole(payment) : asked(payment);
  }

  private Payment whole(Payment payment) {
    long[] keys = new long[2 * to.size()];
    for (int i = 0; i < from.size(); i++) {
      int place = EntityPart.placeOf(to, from.get(i).noun());
      if (place >= 0 && from.get(i).answers()) {
        System.arraycopy(payment.keys, 2 * i, keys, 2 * place, 2);
      }
    }
    payment.keys = keys;
    return payment;
  }

  private @Nullable Payment asked(Payment payment) {
    EntityPart old = from.get(payment.entity);
    int place = EntityPart.placeOf(to, old.noun());
    if (place < 0) {
      return null;
    }
    EntityPart part = to.get(place);
    payment.entity = place;
    payment.filterBits = bits(payment.filterBits, old.layout().filters(), part.layout().filters());
    payment.tags = byName(payment.tags, old.layout().tags(), part.layout().tags());
    if (payment.values.length > 0) {
      payment.values = byName(payment.values, old.names(), part.names());
    }
    if (!old.layout().recent().equals(part.layout().recent())) {
      payment.sequences = new byte[][] {};
    }
    return payment;
  }

  /** Filters passed, by name; one that was not known before counts as not passed. */
  static long bits(long bits, List<String> known, List<String> wanted) {
    long carried = 0;
    for (int i = 0; i < wanted.size(); i++) {
      int at = known.indexOf(wanted.get(i));
      carried |= at < 0 ? 0 : ((bits >>> at) & 1) << i;
    }
    return carried;
  }

  private static long[] byName(long[] tags, List<String> known, List<String> wanted) {
    long[] carried = new long[tags.length == 0 ? 0 : wanted.size()];
    for (int i = 0; i < carried.length; i++) {
      int at = known.indexOf(wanted.get(i));
      carried[i] = at < 0 ? 0 : tags[at];
    }
    return carried;
  }

  private static double[] byName(double[] values, List<String> known, List<String> wanted) {
    double[] carried = new double[wanted.size()];
    Arrays.setAll(
        carried,
        i -> {
          int at = known.indexOf(wanted.get(i));
          return at < 0 ? Double.NaN : values[at];
        });
    return carried;
  }
}
