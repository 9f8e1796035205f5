package dev.tidegate.scoring.rules;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.tidegate.schemas.event.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may ask of a payment itself. A text that the payment lacks is empty. Times are UTC.
 * The words are those of the filters of features.
 */
enum PaymentField {
  AMOUNT(SimpleType.DOUBLE, row -> row.amount()),
  CURRENCY(Transaction::getCurrency),
  CHANNEL(Transaction::getChannel),
  MERCHANT_CATEGORY(Transaction::getMerchantCategory),
  MERCHANT(Transaction::getMerchantId),
  TERMINAL(Transaction::getTerminalId),
  PAYER_COUNTRY(Transaction::getPayerCountry),
  PAYEE_COUNTRY(Transaction::getPayeeCountry),
  ACCOUNT(Transaction::getPayerAccount),
  PAYEE_ACCOUNT(Transaction::getPayeeAccount),
  CUSTOMER(Transaction::getCustomerId),
  CARD(Transaction::getCardToken),
  DEVICE(Transaction::getDeviceId),
  IP(Transaction::getIpAddress),
  ROUND_AMOUNT(SimpleType.BOOL, row -> row.isMultipleOf(100)),
  CROSS_BORDER(SimpleType.BOOL, row -> row.crossesBorder()),
  HOUR(SimpleType.INT, row -> row.hour()),
  WEEKDAY(SimpleType.INT, row -> row.weekday()),
  HAS_CARD(Transaction::getCardToken, true),
  HAS_DEVICE(Transaction::getDeviceId, true),
  HAS_IP(Transaction::getIpAddress, true),
  HAS_MERCHANT(Transaction::getMerchantId, true),
  HAS_TERMINAL(Transaction::getTerminalId, true),
  HAS_PAYEE_ACCOUNT(Transaction::getPayeeAccount, true);

  /** The fields whose values are tokens or ids: what lists may name. */
  static final List<PaymentField> TOKENS =
      List.of(ACCOUNT, PAYEE_ACCOUNT, CUSTOMER, CARD, MERCHANT, TERMINAL, DEVICE, IP);

  private final CelType type;
  private final Function<RuleRow, Object> value;
  private final @Nullable Function<Transaction, @Nullable String> text;

  PaymentField(CelType type, Function<RuleRow, Object> value) {
    this.type = type;
    this.value = value;
    this.text = null;
  }

  PaymentField(Function<Transaction, @Nullable String> text) {
    this.type = SimpleType.STRING;
    this.text = text;
    this.value = row -> orEmpty(text.apply(row.payment()));
  }

  PaymentField(Function<Transaction, @Nullable String> of, boolean known) {
    this.type = SimpleType.BOOL;
    this.text = null;
    this.value = row -> orEmpty(of.apply(row.payment())).isEmpty() != known;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Its word in a rule. */
  String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  CelType type() {
    return type;
  }

  /** Its value: a Double, Long, Boolean or String by its type. */
  Object of(RuleRow row) {
    return value.apply(row);
  }

  /** Its text in a payment, empty where there is none; for a field of type string. */
  String textOf(Transaction payment) {
    return text == null ? "" : orEmpty(text.apply(payment));
  }

  /** Every word. */
  static List<String> nouns() {
    return Arrays.stream(values()).map(PaymentField::noun).toList();
  }
}
