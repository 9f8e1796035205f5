package dev.tidegate.graphaml.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.graphaml.temporal.TimeWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A graph built again from its log answers as the one that never stopped. */
class GraphLogTest {
  private static final List<CurrencyRule> CURRENCIES =
      List.of(new CurrencyRule("EUR", 1, 100, 0.1, 50), new CurrencyRule("USD", 0.9, 0, 0, 100));
  private static final GraphSettings SETTINGS = settings(CURRENCIES);

  /** Windows of 100 and 300 ms, memory of 900 ms, hubs from 12 payments. */
  private static GraphSettings settings(List<CurrencyRule> currencies) {
    return new GraphSettings(
        List.of(new TimeWindow("short", 100), new TimeWindow("long", 300)),
        new GraphSettings.Horizons(50, 900, 200),
        new GraphSettings.Limits(12, 6, 2_000, 16),
        0.1,
        currencies);
  }

  /** Payments with ties, disorder, repeats, hubs, long pauses and accounts that are forgotten. */
  private static List<Payment> payments(long seed, int count) {
    Random random = new Random(seed);
    List<Payment> payments = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(400);
      timeMs += kind == 0 ? 1_500 : kind < 4 ? 250 : random.nextInt(3);
      if (random.nextInt(40) == 0 && i > 20) {
        payments.add(payments.get(i - 1 - random.nextInt(20)));
        continue;
      }
      int crowd = 9 + 4 * (i / 1_500);
      int source = random.nextInt(6) == 0 ? 1 : random.nextInt(crowd);
      payments.add(
          new Payment(
              i,
              source * 1_000_003L,
              random.nextInt(crowd) * 1_000_003L,
              timeMs - (random.nextInt(5) == 0 ? random.nextInt(70) : 0),
              90 + random.nextInt(20),
              random.nextInt(2)));
    }
    return payments;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldAnswerAfterAnyStopAsIfThereWereNone(long seed) {
    List<Payment> payments = payments(seed, 6_000);
    TemporalGraph plain = new TemporalGraph(SETTINGS);
    Findings expected = new Findings(plain.layout());
    Findings found = new Findings(plain.layout());
    Random random = new Random(seed + 100);
    HeapLogStore store = new HeapLogStore();
    GraphLog log = new GraphLog(SETTINGS, store);
    int stops = 0;
    for (Payment payment : payments) {
      if (random.nextInt(150) == 0) {
        log.flush();
        store = store.checkpoint();
        log = new GraphLog(SETTINGS, store);
        stops++;
      }
      Outcome outcome = plain.add(payment, expected);
      assertThat(add(log, payment, found)).isEqualTo(outcome);
      assertThat(found.values())
          .as("payment %s after %s stops", payment.id(), stops)
          .isEqualTo(expected.values());
      assertThat(found.cycles()).isEqualTo(expected.cycles());
      assertThat(found.middlemen()).isEqualTo(expected.middlemen());
    }
    assertThat(stops).isGreaterThan(20);
    assertThat(store.chunks()).as("chunks kept").isLessThan(6_000 / LogChunk.FULL);
  }

  @Test
  void shouldLoseWhatCameAfterTheCheckpointAndAnswerItAgain() {
    List<Payment> payments = payments(9, 4_000);
    HeapLogStore store = new HeapLogStore();
    GraphLog log = new GraphLog(SETTINGS, store);
    Findings findings = new Findings(log.graph().layout());
    List<double[]> first = new ArrayList<>();
    HeapLogStore saved = store;
    for (int i = 0; i < payments.size(); i++) {
      if (i == 2_000) {
        log.flush();
        saved = store.checkpoint();
      }
      add(log, payments.get(i), findings);
      first.add(findings.values().clone());
    }
    GraphLog again = new GraphLog(SETTINGS, saved);
    for (int i = 2_000; i < payments.size(); i++) {
      add(again, payments.get(i), findings);
      assertThat(findings.values()).isEqualTo(first.get(i));
    }
  }

  @Test
  void shouldForgetEntriesOfForgottenAccounts() {
    HeapLogStore store = new HeapLogStore();
    GraphLog log = new GraphLog(SETTINGS, store);
    Findings findings = new Findings(log.graph().layout());
    for (int i = 0; i < 20_000; i++) {
      add(log, new Payment(i, i, i + 1, 1_000 + i, 100, 0), findings);
    }
    log.flush();
    assertThat(store.entries()).isBetween(1, 2 * 900 + 2 * LogChunk.FULL);
  }

  @Test
  void shouldPutLittleMoreThanTheNewPaymentsAtACheckpoint() {
    HeapLogStore store = new HeapLogStore();
    GraphLog log = new GraphLog(SETTINGS, store);
    Findings findings = new Findings(log.graph().layout());
    for (int i = 0; i < 5_000; i++) {
      add(log, new Payment(i, i % 50, (i + 1) % 50, 1_000 + i / 50, 100, 0), findings);
    }
    log.flush();
    long before = store.bytesPut;
    add(log, new Payment(5_000, 1, 2, 1_101, 100, 0), findings);
    log.flush();
    assertThat(store.bytesPut - before).isLessThan(12_000);
    before = store.bytesPut;
    log.flush();
    assertThat(store.bytesPut).isEqualTo(before);
  }

  @Test
  void shouldKnowCurrenciesByTheirCodeThoughTheSettingsOrderThemAnew() {
    HeapLogStore store = new HeapLogStore();
    GraphLog log = new GraphLog(SETTINGS, store);
    Findings findings = new Findings(log.graph().layout());
    add(log, new Payment(1, 1, 2, 1_000, 100, 1), findings);
    log.flush();
    List<CurrencyRule> turned = List.of(CURRENCIES.get(1), CURRENCIES.get(0));
    GraphLog again = new GraphLog(settings(turned), store.checkpoint());
    add(again, new Payment(2, 1, 2, 1_001, 100, 0), findings);
    int amount = again.graph().layout().names().indexOf("source_out_amount_long");
    assertThat(findings.values()[amount]).isEqualTo(180);
  }

  @Test
  void shouldRefuseALogOfANewerVersion() {
    byte[] bytes = new LogChunk(0, List.of("EUR")).bytes();
    bytes[0] = LogChunk.VERSION + 1;
    assertThatThrownBy(() -> LogChunk.read(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 2");
  }

  private static Outcome add(GraphLog log, Payment payment, Findings findings) {
    Outcome outcome = log.graph().add(payment, findings);
    if (outcome == Outcome.ADDED) {
      log.added(payment);
    }
    return outcome;
  }

  @Test
  void shouldWriteAChunkAsItDidInVersion1() {
    LogChunk chunk = new LogChunk(7, List.of("EUR", "USD"));
    chunk.add(new Payment(1, 2, 3, 4, -5, 1), true);
    assertThat(Arrays.toString(chunk.bytes())).isEqualTo(VERSION_1);
    assertThat(LogChunk.read(chunk.bytes()).entries()).isEqualTo(chunk.entries());
  }

  private static final String VERSION_1 =
      "[1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 2, 0, 3, 69, 85, 82, 0, 3, 85, 83, 68, 0, 0, 0, 1, 0, 0, 0,"
          + " 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0,"
          + " 4, -1, -1, -1, -1, -1, -1, -1, -5, 1, 1]";
}
