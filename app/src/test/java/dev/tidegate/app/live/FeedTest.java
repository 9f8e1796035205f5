package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.Lane;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The simulated bank's labels come through the door with its payments. */
final class FeedTest {
  private static final int ROWS = 60_000;

  @Test
  void shouldLabelTheSimulatedBanksPayments() throws IOException {
    Map<String, String> labelled = labelled("simulator");

    assertThat(labelled).isNotEmpty().isEqualTo(planted(lane -> true));
  }

  @Test
  void shouldLabelTheLanesThatTheProfileAsksFor() throws IOException {
    assertThat(labelled("simulator_fraud"))
        .isNotEmpty()
        .isEqualTo(planted(lane -> lane == Lane.FRAUD))
        .isNotEqualTo(planted(lane -> true));
  }

  /** Kinds of the positives among the first rows; each row has a label, known after a week. */
  private static Map<String, String> labelled(String profile) throws IOException {
    DoorSettings settings =
        DoorSettings.of(TokenKey.of(new byte[32]), WallClock.INSTANCE)
            .withLabelDelay(Duration.ofDays(7));
    Map<String, String> kinds = new TreeMap<>();
    try (CsvDoor door = Feed.of("simulator", profile).open(settings)) {
      for (int i = 0; i < ROWS; i++) {
        Label label = ((DoorResult.Accepted) door.next()).label();
        assertThat(label.getKnownAtMs() - label.getEventTimeMs())
            .isEqualTo(Duration.ofDays(7).toMillis());
        if (label.getFraud()) {
          kinds.put(label.getTransactionId(), label.getKind());
        }
      }
    }
    return kinds;
  }

  private static Map<String, String> planted(Predicate<Lane> lanes) {
    Iterator<SimulatedTransaction> payments =
        new BankSimulator(SimulatorSettings.of(2026, 2_000)).transactions();
    Map<String, String> kinds = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      SimulatedTransaction payment = payments.next();
      if (payment.planted() != null && lanes.test(payment.planted().kind().lane())) {
        kinds.put(payment.transactionId(), payment.planted().kind().code());
      }
    }
    return kinds;
  }
}
