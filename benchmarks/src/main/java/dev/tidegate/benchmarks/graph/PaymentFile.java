package dev.tidegate.benchmarks.graph;

import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A file's payments between accounts. Amounts of all currencies are taken as they are. */
final class PaymentFile {
  private static final int TOKEN_KEY_BYTES = 32;

  private final Map<String, Long> accounts = new HashMap<>();

  private PaymentFile() {}

  /** Reads all payments that have a payee account. */
  static PaymentLog read(Path file, Profile profile) throws IOException {
    PaymentFile reading = new PaymentFile();
    PaymentLog log = new PaymentLog();
    DoorSettings settings =
        DoorSettings.of(TokenKey.of(new byte[TOKEN_KEY_BYTES]), WallClock.INSTANCE);
    try (CsvDoor door = CsvDoor.open(file, profile, settings)) {
      for (DoorResult result = door.next(); result != null; result = door.next()) {
        if (result instanceof DoorResult.Accepted accepted) {
          reading.add(accepted.transaction(), log);
        }
      }
    }
    return log;
  }

  private void add(Transaction payment, PaymentLog log) {
    String payee = payment.getPayeeAccount();
    if (payee != null) {
      log.add(
          account(payment.getPayerAccount()),
          account(payee),
          payment.getEventTimeMs(),
          payment.getAmountMinor());
    }
  }

  private long account(String name) {
    return accounts.computeIfAbsent(name, unknown -> (long) accounts.size());
  }
}
