package dev.tidegate.app.offline;

import dev.tidegate.features.catalogue.Entity;

/** An entity's id in the history's payments, in SQL: the same text as {@link Entity#idOf}. */
final class EntityKeys {
  private EntityKeys() {}

  /** Expression over the columns of the history's payments; NULL where none is named. */
  static String sql(Entity entity) {
    return switch (entity) {
      case ACCOUNT -> named("payerAccount");
      case CARD -> named("cardToken");
      case CUSTOMER -> named("customerId");
      case COUNTERPARTY ->
          "coalesce('a:' || "
              + named("payeeAccount")
              + ", 'm:' || "
              + named("merchantId")
              + ", 't:' || "
              + named("terminalId")
              + ")";
      case TERMINAL -> named("terminalId");
      case MERCHANT -> named("merchantId");
      case DEVICE -> named("deviceId");
      case IP -> named("ipAddress");
      case CORRIDOR -> named("payerCountry") + " || '>' || " + named("payeeCountry");
    };
  }

  private static String named(String column) {
    return "nullif(" + column + ", '')";
  }
}
