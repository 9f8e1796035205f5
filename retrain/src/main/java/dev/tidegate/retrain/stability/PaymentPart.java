package dev.tidegate.retrain.stability;

import dev.tidegate.schemas.event.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a payment by which segments and groups are told apart, and whose values are watched as
 * categories; none names a person.
 */
public enum PaymentPart {
  /** How it was made. */
  CHANNEL("channel", Transaction::getChannel),
  /** Its currency. */
  CURRENCY("currency", Transaction::getCurrency),
  /** What the merchant trades in. */
  MERCHANT_CATEGORY("merchantCategory", Transaction::getMerchantCategory),
  /** Where the payer is. */
  PAYER_COUNTRY("payerCountry", Transaction::getPayerCountry),
  /** Where the payee is. */
  PAYEE_COUNTRY("payeeCountry", Transaction::getPayeeCountry);

  /** What names of parts begin with, where they stand beside features. */
  public static final String PREFIX = "payment.";

  private final String field;
  private final Function<Transaction, @Nullable String> value;

  PaymentPart(String field, Function<Transaction, @Nullable String> value) {
    this.field = field;
    this.value = value;
  }

  /** Its name as a payment's field. */
  public String field() {
    return field;
  }

  /** Its name among a release's references and in readings. */
  public String feature() {
    return PREFIX + field;
  }

  /** Its value; null where the payment has none. */
  public @Nullable String of(Transaction payment) {
    return value.apply(payment);
  }

  /**
   * The part of a name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public static PaymentPart named(String name) {
    return Arrays.stream(values())
        .filter(part -> part.field.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "payments have no part '"
                        + name
                        + "' to be told apart by; there are "
                        + Arrays.stream(values())
                            .map(PaymentPart::field)
                            .collect(Collectors.joining(", "))));
  }

  /** The parts of several names. */
  public static List<PaymentPart> named(List<String> names) {
    return names.stream().map(PaymentPart::named).toList();
  }
}
