package dev.tidegate.app.laundering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutsideFlowsTest {
  private static final long DAY_MS = 86_400_000L;

  @Test
  void shouldCountWhatBothEndsMovedByThenInEachWindow() {
    OutsideFlows flows = new OutsideFlows();
    flows.add(1, "in_transfer", 0, 500);
    flows.add(1, "out_cash", 9 * DAY_MS, 70);
    flows.add(1, "out_cash", 10 * DAY_MS, 30);
    flows.add(1, "out_cash", 11 * DAY_MS, 9_999);
    flows.add(2, "in_transfer", 3 * DAY_MS, 8);
    flows.add(2, "in_transfer", 3 * DAY_MS + 1, 4);
    float[] row = new float[1 + flows.names().size()];
    flows.fill(payment(10 * DAY_MS), row, 1);
    assertThat(flows.names())
        .startsWith(
            "source_outside_in_transfer_count_7d",
            "source_outside_in_transfer_amount_7d",
            "source_outside_in_transfer_count_30d")
        .hasSize(16);
    // Windows are (t - 7 d, t] and (t - 30 d, t].
    assertThat(row).containsExactly(0, 0, 0, 1, 500, 2, 100, 2, 100, 1, 4, 2, 12, 0, 0, 0, 0);
  }

  @Test
  void shouldNotLookAhead() {
    OutsideFlows flows = new OutsideFlows();
    flows.add(1, "out_cash", 5 * DAY_MS, 70);
    float[] before = new float[flows.names().size()];
    flows.fill(payment(6 * DAY_MS), before, 0);
    flows.add(1, "out_cash", 6 * DAY_MS + 1, 70);
    float[] after = new float[flows.names().size()];
    flows.fill(payment(6 * DAY_MS), after, 0);
    assertThat(after).isEqualTo(before);
  }

  private static LabelledPayment payment(long timeMs) {
    return new LabelledPayment("p", 1, 2, timeMs, 100, 0, 0, false, null, null);
  }
}
