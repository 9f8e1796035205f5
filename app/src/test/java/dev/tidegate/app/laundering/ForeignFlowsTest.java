package dev.tidegate.app.laundering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForeignFlowsTest {
  private static final long DAY_MS = 86_400_000L;
  private static final int WIDTH = 26;

  @Test
  void shouldEqualACountOverEverythingBefore() {
    List<LabelledPayment> payments = random(400);
    ForeignFlows flows = new ForeignFlows();
    Map<Long, Integer> currencies = new HashMap<>();
    List<LabelledPayment> foreign = new ArrayList<>();
    for (LabelledPayment payment : payments) {
      currencies.put(payment.source(), payment.currency());
      Integer target = currencies.get(payment.target());
      if (target != null && target != payment.currency()) {
        foreign.add(payment);
      }
      float[] row = new float[WIDTH];
      flows.add(List.of(payment));
      flows.fill(payment, row, 0);
      assertThat(Float.compare(row[1], differs(target, payment))).as("differ").isZero();
      List<LabelledPayment> paid =
          foreign.stream()
              .filter(p -> p.source() == payment.source())
              .filter(p -> p.timeMs() > payment.timeMs() - 7 * DAY_MS)
              .toList();
      assertThat(row[2]).isEqualTo(paid.size());
      assertThat((double) row[3])
          .isEqualTo(paid.stream().mapToDouble(LabelledPayment::amountMinor).sum());
      List<LabelledPayment> got =
          foreign.stream()
              .filter(p -> p.target() == payment.target())
              .filter(p -> p.timeMs() > payment.timeMs() - 30 * DAY_MS)
              .toList();
      assertThat(row[23]).isEqualTo(got.size());
      assertThat((double) row[25])
          .isEqualTo(got.stream().map(LabelledPayment::currency).distinct().count() * 1.0);
    }
    assertThat(foreign).hasSizeGreaterThan(100);
  }

  @Test
  void shouldNotLookAtTheOrderOfPaymentsThatAreKnownTogether() {
    List<LabelledPayment> before = random(200);
    List<LabelledPayment> day = new ArrayList<>();
    for (LabelledPayment payment : random(60)) {
      day.add(at(payment, 100 * DAY_MS));
    }
    List<LabelledPayment> turned = new ArrayList<>(day);
    Collections.reverse(turned);
    assertThat(rows(before, turned, day)).isEqualTo(rows(before, day, day));
  }

  @Test
  void shouldNameAsManyValuesAsItSetsAndNoneForOneCurrency() {
    List<LabelledPayment> payments = random(3);
    assertThat(ForeignFlows.names(set(payments, List.of("EUR", "USD", "CHF")))).hasSize(WIDTH);
    assertThat(ForeignFlows.names(set(payments, List.of("EUR")))).isEmpty();
  }

  private static float differs(Integer target, LabelledPayment payment) {
    return target == null ? Float.NaN : target == payment.currency() ? 0 : 1;
  }

  private static LaunderingSet set(List<LabelledPayment> payments, List<String> currencies) {
    return LaunderingSet.of(payments, currencies, List.of("x"));
  }

  private static List<List<Float>> rows(
      List<LabelledPayment> before, List<LabelledPayment> day, List<LabelledPayment> asked) {
    ForeignFlows flows = new ForeignFlows();
    Stream.of(before, day).forEach(flows::add);
    List<List<Float>> rows = new ArrayList<>();
    for (LabelledPayment payment : asked) {
      float[] row = new float[WIDTH];
      flows.fill(payment, row, 0);
      List<Float> values = new ArrayList<>();
      for (float value : row) {
        values.add(value);
      }
      rows.add(values);
    }
    return rows;
  }

  private static List<LabelledPayment> random(int count) {
    Random random = new Random(count);
    List<LabelledPayment> payments = new ArrayList<>();
    long timeMs = 0;
    for (int i = 0; i < count; i++) {
      timeMs += random.nextInt((int) (DAY_MS / 4));
      int source = random.nextInt(8);
      int currency = random.nextInt(5) == 0 ? random.nextInt(3) : source % 3;
      payments.add(
          new LabelledPayment(
              "p" + i,
              source,
              (source + 1 + random.nextInt(7)) % 8,
              timeMs,
              1 + random.nextInt(1_000),
              currency,
              0,
              false,
              null,
              null));
    }
    return payments;
  }

  private static LabelledPayment at(LabelledPayment of, long timeMs) {
    return new LabelledPayment(
        of.id(),
        of.source(),
        of.target(),
        timeMs,
        of.amountMinor(),
        of.currency(),
        of.channel(),
        of.laundering(),
        of.typology(),
        of.pattern());
  }
}
