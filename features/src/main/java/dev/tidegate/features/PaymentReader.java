package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Filters;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.features.catalogue.Tag;
import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.Event;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as its features see it. Ids of entities and payments become fingerprints of 128
 * bits, by which two of 10^12 collide with a probability of 10^-15; values of tags of 64 bits. Not
 * thread safe.
 */
final class PaymentReader {
  /**
   * Amounts beyond this many minor units, 176 billion euros, count as this many, and converted ones
   * as without a rate: a window's sum holds 524,287 of them before it overflows a long.
   */
  static final long MOST = 1L << 44;

  private static final long MIX = 6364136223846793005L;

  private final List<Entity> entities;
  private final List<Tag> tags;
  private final Filters filters;
  private final Rates rates;
  private long beyond;

  PaymentReader(Catalogue catalogue) {
    entities = List.copyOf(catalogue.entities());
    tags = catalogue.tags();
    filters = catalogue.compiledFilters();
    rates = catalogue.rates();
  }

  Payment read(Transaction transaction) {
    Payment payment = new Payment();
    payment.timeMs = transaction.getEventTimeMs();
    payment.orderMs = payment.timeMs;
    identify(payment, transaction.getTransactionId());
    price(payment, transaction.getAmountMinor(), transaction.getCurrency());
    payment.filterBits = filters.bits(transaction);
    payment.tags = new long[tags.size()];
    for (int i = 0; i < payment.tags.length; i++) {
      payment.tags[i] = fingerprint(tags.get(i).valueOf(transaction));
    }
    payment.keys = new long[2 * entities.size()];
    for (int i = 0; i < entities.size(); i++) {
      String id = entities.get(i).idOf(transaction);
      if (id != null) {
        System.arraycopy(hash(id), 0, payment.keys, 2 * i, 2);
      }
    }
    payment.content = content(payment);
    return payment;
  }

  private void price(Payment payment, long minor, String currency) {
    payment.amount = Math.max(-MOST, Math.min(MOST, minor));
    payment.base = rates.toBaseMinor(payment.amount, currency);
    boolean isConverted = payment.base != Rates.NO_CONVERSION;
    boolean baseIsBeyond = isConverted && Math.abs(payment.base) > MOST;
    if (!isConverted || baseIsBeyond) {
      payment.base = Amount.NO_BASE;
    }
    if (payment.amount != minor || baseIsBeyond) {
      beyond++;
    }
    payment.currency = currency.hashCode();
  }

  /** Tells entities apart that have one id but are of different kinds. */
  static long salt(String noun) {
    return hash(noun)[0];
  }

  /** How often a filter could not be evaluated. */
  long filterFailures() {
    return filters.failures();
  }

  /** How many payments had an amount, their own or the converted one, beyond {@link #MOST}. */
  long amountsBeyond() {
    return beyond;
  }

  static Payment read(Label label) {
    Payment payment = new Payment();
    payment.isLabel = true;
    payment.fraud = label.getFraud();
    payment.timeMs = label.getEventTimeMs();
    payment.orderMs = label.getKnownAtMs();
    identify(payment, label.getTransactionId());
    return payment;
  }

  private static void identify(Payment payment, String id) {
    long[] hash = hash(id);
    payment.idHigh = hash[0];
    payment.idLow = hash[1];
  }

  /** A mix of all that the entities are told (the steps of a 64-bit linear congruence). */
  private static long content(Payment payment) {
    long mix = payment.timeMs;
    mix = mix * MIX + payment.amount;
    mix = mix * MIX + payment.base;
    mix = mix * MIX + payment.currency;
    mix = mix * MIX + payment.filterBits;
    mix = mix * MIX + Arrays.hashCode(payment.tags);
    for (long word : payment.keys) {
      mix = mix * MIX + word;
    }
    return mix;
  }

  private static long[] hash(String id) {
    return MurmurHash3.hash128x64(id.getBytes(StandardCharsets.UTF_8));
  }

  private static long fingerprint(@Nullable String value) {
    if (value == null) {
      return Event.NO_VALUE;
    }
    long hash = hash(value)[0];
    return hash == Event.NO_VALUE ? 1 : hash;
  }
}
