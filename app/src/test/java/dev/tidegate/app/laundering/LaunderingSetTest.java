package dev.tidegate.app.laundering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunderingSetTest {
  private static final Profile PROFILE =
      Profiles.parse(
          """
          title: payments, some to nobody of the set
          fields:
            transactionId: tx_id
            time: {column: timestamp, format: "yyyy-MM-dd'T'HH:mm:ssX"}
            amount: {column: amount, min: 0}
            currency: currency
            payerAccount: src
            payeeAccount: {column: dest, nulls: ["-"]}
            channel: transaction_type
          label:
            file: labels_laundering_tx.csv
            key: tx_id
            kind: pattern_type
            delay: 7d
          """,
          "outside");

  @TempDir private Path folder;

  /** Seventy of each, paid to nobody of the set: yen have no minor unit, dinars three digits. */
  @Test
  void shouldTakeAmountsFromOutsideByTheirMajorUnits() throws IOException {
    for (String seventy : List.of("70.00,EUR", "70,JPY", "70.000,KWD")) {
      LaunderingSet set = read(seventy);
      float[] row = new float[set.outside().names().size()];
      set.outside().fill(set.payments().get(0), row, 0);
      assertThat(set.outside().names())
          .as(seventy)
          .startsWith(
              "source_outside_out_payment_count_7d", "source_outside_out_payment_amount_7d");
      assertThat(row).as(seventy).containsExactly(1, 7_000, 1, 7_000, 0, 0, 0, 0);
    }
  }

  private LaunderingSet read(String amount) throws IOException {
    Files.writeString(
        folder.resolve("labels_laundering_tx.csv"), "tx_id,pattern_id,pattern_type\n");
    String rows =
        "tx_id,timestamp,src,dest,transaction_type,amount,currency\n"
            + ("1,2025-01-01T00:00:00Z,account_1,-,PAYMENT," + amount + "\n")
            + ("2,2025-01-02T00:00:00Z,account_1,account_2,PAYMENT," + amount + "\n");
    Path file = Files.writeString(folder.resolve("transactions.csv"), rows);
    return LaunderingSet.read(file, PROFILE);
  }
}
