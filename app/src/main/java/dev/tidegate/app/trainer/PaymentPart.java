package dev.tidegate.app.trainer;

import dev.tidegate.app.Refused;
import dev.tidegate.schemas.event.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields of a payment by which segments and groups are told apart; none names a person. */
enum PaymentPart {
  CHANNEL("channel", Transaction::getChannel),
  CURRENCY("currency", Transaction::getCurrency),
  MERCHANT_CATEGORY("merchantCategory", Transaction::getMerchantCategory),
  PAYER_COUNTRY("payerCountry", Transaction::getPayerCountry),
  PAYEE_COUNTRY("payeeCountry", Transaction::getPayeeCountry);

  private final String field;
  private final Function<Transaction, @Nullable String> value;

  PaymentPart(String field, Function<Transaction, @Nullable String> value) {
    this.field = field;
    this.value = value;
  }

  /** Its name as a payment's field. */
  String field() {
    return field;
  }

  /** Its value; null where the payment has none. */
  @Nullable String of(Transaction payment) {
    return value.apply(payment);
  }

  /**
   * The part of a name.
   *
   * @throws Refused if there is none
   */
  static PaymentPart named(String name) {
    return Arrays.stream(values())
        .filter(part -> part.field.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    "payments have no part '"
                        + name
                        + "' to be told apart by; there are "
                        + Arrays.stream(values())
                            .map(PaymentPart::field)
                            .collect(Collectors.joining(", "))));
  }

  /** The parts of several names. */
  static List<PaymentPart> named(List<String> names) {
    return names.stream().map(PaymentPart::named).toList();
  }
}
