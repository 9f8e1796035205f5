package dev.tidegate.app.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;

/** Events as flat JSON objects; a field that does not apply is left out. */
public final class EventJson {
  private EventJson() {}

  /** An alert: a line of {@code alerts.ndjson} and of {@code up --json}. */
  public static ObjectNode alert(Alert alert) {
    Transaction payment = alert.getTransaction();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("alertId", alert.getAlertId());
    node.put("transactionId", payment.getTransactionId());
    node.put("line", payment.getSourceOffset());
    node.put("eventTimeMs", payment.getEventTimeMs());
    node.put("lane", alert.getLane().name());
    score(node, alert.getScore());
    node.put("threshold", alert.getThreshold());
    node.put("outcome", alert.getOutcome().name());
    node.put("release", alert.getRelease());
    node.put("payerAccount", payment.getPayerAccount());
    if (payment.getPayeeAccount() != null) {
      node.put("payeeAccount", payment.getPayeeAccount());
    }
    if (payment.getMerchantId() != null) {
      node.put("merchantId", payment.getMerchantId());
    }
    node.put("amountMinor", payment.getAmountMinor());
    node.put("currency", payment.getCurrency());
    ArrayNode rules = node.putArray("rules");
    alert.getRules().forEach(rules::add);
    return node;
  }

  /** A rejection: a line of {@code rejected.ndjson} and of {@code up --json}. */
  public static ObjectNode rejected(Rejected rejected) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("line", rejected.getSourceOffset());
    node.put("reason", rejected.getReason());
    if (rejected.getField() != null) {
      node.put("field", rejected.getField());
    }
    return node.put("detail", rejected.getDetail());
  }

  /** JSON has no NaN: a payment that no model scored has a null score. */
  private static void score(ObjectNode node, double score) {
    if (Double.isNaN(score)) {
      node.putNull("score");
    } else {
      node.put("score", score);
    }
  }
}
