package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.profile.CanonicalField;
import dev.tidegate.ingest.profile.CardRule;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.schemas.event.Transaction;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row to one Transaction, by a profile. Not thread safe. */
final class TransactionMapper {
  // configuration
  private final String source;
  private final TimeReader time;
  private final MoneyReader money;
  private final @Nullable CardReader card;
  private final Map<CanonicalField, TextReader> texts = new EnumMap<>(CanonicalField.class);
  private final DoorSettings settings;

  // runtime
  private @Nullable Fault fault;
  private @Nullable Fault misplaced;

  TransactionMapper(Profile profile, ColumnIndex index, DoorSettings settings) {
    this.source = profile.name();
    this.settings = settings;
    this.time = new TimeReader(profile, index, settings.clock());
    this.money = new MoneyReader(profile, index);
    CardRule rule = profile.card();
    this.card =
        rule == null ? null : new CardReader(rule, index, new Tokeniser(settings.tokenKey()));
    profile.texts().forEach((field, text) -> texts.put(field, new TextReader(text, index)));
  }

  /** The transaction, or null with a {@link #fault()}. */
  @Nullable Transaction map(Row row) {
    misplaced = null;
    String id = text(CanonicalField.TRANSACTION_ID, row);
    if (id == null) {
      if (texts.containsKey(CanonicalField.TRANSACTION_ID)) {
        return fail(new Fault(Reason.ID_MISSING, CanonicalField.TRANSACTION_ID.key()));
      }
      id = source + "-" + row.line();
    }
    Fault found = time.read(row);
    if (found == null) {
      found = money.read(row);
    }
    if (found == null && card != null) {
      found = card.read(row);
    }
    return found == null ? build(id, row) : fail(found);
  }

  private @Nullable Transaction build(String id, Row row) {
    String customer = text(CanonicalField.CUSTOMER_ID, row);
    String token = card == null ? null : card.cardToken();
    String payer = text(CanonicalField.PAYER_ACCOUNT, row);
    if (payer == null) {
      payer = token != null ? token : customer;
    }
    if (payer == null) {
      return fail(new Fault(Reason.PAYER_MISSING, CanonicalField.PAYER_ACCOUNT.key()));
    }
    Transaction transaction = transaction(id, payer, customer, token, row);
    return misplaced == null ? transaction : fail(misplaced);
  }

  private Transaction transaction(
      String id, String payer, @Nullable String customer, @Nullable String token, Row row) {
    return new Transaction(
        id,
        time.millis(),
        settings.clock().millis(),
        source,
        row.line(),
        payer,
        text(CanonicalField.PAYEE_ACCOUNT, row),
        customer,
        token,
        card == null ? null : card.bin(),
        card == null ? null : card.lastFour(),
        money.minorUnits(),
        money.currency(),
        text(CanonicalField.MERCHANT_ID, row),
        text(CanonicalField.TERMINAL_ID, row),
        text(CanonicalField.MERCHANT_CATEGORY, row),
        text(CanonicalField.DEVICE_ID, row),
        text(CanonicalField.IP_ADDRESS, row),
        text(CanonicalField.PAYER_COUNTRY, row),
        text(CanonicalField.PAYEE_COUNTRY, row),
        text(CanonicalField.CHANNEL, row));
  }

  /** Reads a field and notes a card number in it, which must not travel. */
  private @Nullable String text(CanonicalField field, Row row) {
    TextReader reader = texts.get(field);
    if (reader == null) {
      return null;
    }
    String text = reader.read(row);
    if (text != null && !reader.notCard() && CardNumbers.in(text)) {
      misplaced = new Fault(Reason.CARD_MISPLACED, field.key());
    }
    return text;
  }

  private @Nullable Transaction fail(Fault found) {
    fault = found;
    return null;
  }

  /** Why the last row gave no transaction. */
  @Nullable Fault fault() {
    return fault;
  }
}
