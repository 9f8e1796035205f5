package dev.tidegate.ingest.check;

import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A payment as a row of a table for people. */
final class ShownRow {
  private ShownRow() {}

  static Map<String, String> of(Accepted accepted) {
    Transaction transaction = accepted.transaction();
    Map<String, String> row = new LinkedHashMap<>();
    row.put("line", String.valueOf(transaction.getSourceOffset()));
    row.put("transactionId", transaction.getTransactionId());
    row.put("time", Instant.ofEpochMilli(transaction.getEventTimeMs()).toString());
    row.put("amount", amount(transaction));
    for (Schema.Field field : transaction.getSchema().getFields()) {
      Object value = transaction.get(field.pos());
      if (value instanceof String text && shown(field.name())) {
        row.put(field.name(), text);
      }
    }
    Label label = accepted.label();
    row.put("label", label(label));
    return row;
  }

  private static boolean shown(String field) {
    return switch (field) {
      case "transactionId", "source", "currency" -> false;
      default -> true;
    };
  }

  private static String amount(Transaction transaction) {
    return BigDecimal.valueOf(
                transaction.getAmountMinor(), MajorUnits.digits(transaction.getCurrency()))
            .toPlainString()
        + " "
        + transaction.getCurrency();
  }

  private static String label(@Nullable Label label) {
    if (label == null) {
      return "";
    }
    String verdict = label.getFraud() ? "fraud" : "not fraud";
    return label.getKind() == null ? verdict : verdict + ": " + label.getKind();
  }
}
