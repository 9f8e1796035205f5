package dev.tidegate.features;

import java.util.List;

/**
 * What is remembered of a payment until no label on it can matter any more: what the entities that
 * look at labels need to find it again. Or a label of fraud whose payment did not come yet.
 *
 * @param of the entities of the catalogue it was read under; its keys and filters are in their
 *     order
 * @param came whether the payment came; without it there is only {@code fraud} and {@code
 *     knownAtMs}
 * @param fraud what is known of it
 * @param knownAtMs when that became known, milliseconds; of no meaning once the payment came
 * @param event the payment; without tags, entity and transaction
 */
record KnownPayment(
    List<EntityPart> of, boolean came, boolean fraud, long knownAtMs, Payment event) {

  /** A payment that nothing is known of. */
  static KnownPayment of(List<EntityPart> parts, Payment payment) {
    Payment kept = new Payment();
    kept.timeMs = payment.timeMs;
    kept.amount = payment.amount;
    kept.currency = payment.currency;
    kept.filterBits = payment.filterBits;
    kept.keys = new long[2 * parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).usesLabels()) {
        System.arraycopy(payment.keys, 2 * i, kept.keys, 2 * i, 2);
      }
    }
    return new KnownPayment(parts, true, false, 0, kept);
  }

  /** A label that came before its payment. */
  static KnownPayment of(List<EntityPart> parts, boolean fraud, long knownAtMs) {
    return new KnownPayment(parts, false, fraud, knownAtMs, new Payment());
  }

  KnownPayment as(boolean known) {
    return new KnownPayment(of, came, known, knownAtMs, event);
  }

  /**
   * The same under another catalogue, by the names of its entities and filters. An entity that did
   * not look at labels before does not learn of this payment's.
   */
  KnownPayment under(List<EntityPart> parts) {
    if (of.equals(parts)) {
      return this;
    }
    Payment carried = new Payment();
    carried.timeMs = event.timeMs;
    carried.amount = event.amount;
    carried.currency = event.currency;
    carried.filterBits = CarriedPayments.bits(event.filterBits, filters(of), filters(parts));
    carried.keys = new long[2 * parts.size()];
    for (int i = 0; came && i < of.size(); i++) {
      int place = EntityPart.placeOf(parts, of.get(i).noun());
      if (place >= 0 && parts.get(place).usesLabels()) {
        System.arraycopy(event.keys, 2 * i, carried.keys, 2 * place, 2);
      }
    }
    return new KnownPayment(parts, came, fraud, knownAtMs, carried);
  }

  /** All entities of a catalogue have its filters. */
  private static List<String> filters(List<EntityPart> parts) {
    return parts.isEmpty() ? List.of() : parts.get(0).layout().filters();
  }

  /** The label on the payment whose key is given, to be sent at its place in time. */
  Payment label(Payment keyedBy, long knownMs) {
    Payment label = new Payment();
    label.isLabel = true;
    label.fraud = fraud;
    label.idHigh = keyedBy.idHigh;
    label.idLow = keyedBy.idLow;
    label.timeMs = event.timeMs;
    label.orderMs = Math.max(knownMs, event.timeMs + 1);
    label.amount = event.amount;
    label.currency = event.currency;
    label.filterBits = event.filterBits;
    label.keys = event.keys;
    return label;
  }
}
