package dev.tidegate.features.catalogue;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.tidegate.schemas.event.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a filter may ask of a payment. A text that the payment lacks is empty. Times are UTC. */
enum FilterVariable {
  AMOUNT(SimpleType.DOUBLE, payment -> payment.value(PaymentValue.AMOUNT)),
  BASE_AMOUNT(SimpleType.DOUBLE, payment -> payment.value(PaymentValue.BASE_AMOUNT)),
  ROUND_AMOUNT(SimpleType.BOOL, payment -> PaymentValue.isMultiple(payment.transaction(), 100)),
  CURRENCY(Transaction::getCurrency),
  CHANNEL(Transaction::getChannel),
  MERCHANT_CATEGORY(Transaction::getMerchantCategory),
  MERCHANT(Transaction::getMerchantId),
  TERMINAL(Transaction::getTerminalId),
  PAYER_COUNTRY(Transaction::getPayerCountry),
  PAYEE_COUNTRY(Transaction::getPayeeCountry),
  CROSS_BORDER(SimpleType.BOOL, payment -> PaymentValue.crossesBorder(payment.transaction())),
  HOUR(SimpleType.INT, payment -> (long) Moment.hour(payment.timeMs())),
  WEEKDAY(SimpleType.INT, payment -> (long) Moment.weekday(payment.timeMs())),
  DAY(SimpleType.INT, payment -> (long) Moment.dayOfMonth(payment.timeMs())),
  HAS_CARD(SimpleType.BOOL, payment -> Tag.CARD.valueOf(payment.transaction()) != null),
  HAS_DEVICE(SimpleType.BOOL, payment -> Tag.DEVICE.valueOf(payment.transaction()) != null),
  HAS_IP(SimpleType.BOOL, payment -> Tag.IP.valueOf(payment.transaction()) != null),
  HAS_MERCHANT(SimpleType.BOOL, payment -> Tag.MERCHANT.valueOf(payment.transaction()) != null),
  HAS_TERMINAL(SimpleType.BOOL, payment -> Tag.TERMINAL.valueOf(payment.transaction()) != null),
  HAS_PAYEE_ACCOUNT(SimpleType.BOOL, payment -> payment.isToAccount());

  private final CelType type;
  private final Function<FilteredPayment, Object> value;

  FilterVariable(CelType type, Function<FilteredPayment, Object> value) {
    this.type = type;
    this.value = value;
  }

  FilterVariable(Function<Transaction, @Nullable String> text) {
    this(
        SimpleType.STRING,
        payment -> {
          String found = text.apply(payment.transaction());
          return found == null ? "" : found;
        });
  }

  /** Its word in a filter. */
  String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  CelType type() {
    return type;
  }

  /** Its value: a Double, Long, Boolean or String by its type. */
  Object of(FilteredPayment payment) {
    return value.apply(payment);
  }

  /** Every word. */
  static List<String> nouns() {
    return Arrays.stream(values()).map(FilterVariable::noun).toList();
  }
}
