package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.schemas.event.Transaction;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The history's keys are those of the features, also where fields are missing or empty. */
final class EntityKeysTest {
  private static final int PAYMENTS = 300;

  @ParameterizedTest
  @EnumSource(Entity.class)
  void shouldReadTheSameKeyInSqlAsTheFeaturesDo(Entity entity) throws SQLException {
    Random random = new Random(7);
    int named = 0;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      for (int i = 0; i < PAYMENTS; i++) {
        Transaction payment = payment(random);
        String key = keyInSql(duck, entity, payment);
        assertThat(key).as("%s of %s", entity, payment).isEqualTo(entity.idOf(payment));
        named += key == null ? 0 : 1;
      }
    }
    assertThat(named).isBetween(1, PAYMENTS - 1);
  }

  private static String keyInSql(Connection duck, Entity entity, Transaction payment)
      throws SQLException {
    String row =
        "SELECT ? AS payerAccount, ? AS cardToken, ? AS customerId, ? AS payeeAccount,"
            + " ? AS merchantId, ? AS terminalId, ? AS deviceId, ? AS ipAddress,"
            + " ? AS payerCountry, ? AS payeeCountry";
    try (PreparedStatement query =
        duck.prepareStatement("SELECT " + EntityKeys.sql(entity) + " FROM (" + row + ")")) {
      query.setString(1, payment.getPayerAccount());
      query.setString(2, payment.getCardToken());
      query.setString(3, payment.getCustomerId());
      query.setString(4, payment.getPayeeAccount());
      query.setString(5, payment.getMerchantId());
      query.setString(6, payment.getTerminalId());
      query.setString(7, payment.getDeviceId());
      query.setString(8, payment.getIpAddress());
      query.setString(9, payment.getPayerCountry());
      query.setString(10, payment.getPayeeCountry());
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getString(1);
      }
    }
  }

  /** Every text field missing, empty or filled. */
  private static Transaction payment(Random random) {
    Transaction payment = new Transaction();
    for (Schema.Field field : Transaction.getClassSchema().getFields()) {
      boolean text =
          field.schema().getType() == Schema.Type.STRING
              || field.schema().getType() == Schema.Type.UNION;
      if (text) {
        int kind = random.nextInt(3);
        payment.put(field.pos(), kind == 0 ? null : kind == 1 ? "" : "v" + random.nextInt(5));
      }
    }
    return payment;
  }
}
