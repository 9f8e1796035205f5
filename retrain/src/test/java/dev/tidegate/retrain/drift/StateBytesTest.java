package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateBytesTest {
  private static final PartitionCounter.Batching BY_TWO = new PartitionCounter.Batching(3, 2);

  @Test
  void shouldGoOnWhereTheBytesLeftOff() {
    PartitionCounter counter = new PartitionCounter();
    assertThat(counter.count(11, 4, 1_000, BY_TWO)).isNull();
    PartitionCounter again = PartitionCounter.of(counter.bytes());
    assertThat(again.count(11, 4, 1_000, BY_TWO)).as("a repetition").isNull();
    ScoreBatch batch = again.count(12, 10, 900, BY_TWO);
    assertThat(batch).isNotNull();
    assertThat(batch.partition()).isEqualTo(3);
    assertThat(batch.sequence()).isEqualTo(1);
    assertThat(batch.tally().counts()).containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1);
    assertThat(batch.tally().firstMs()).isEqualTo(900);
    assertThat(batch.tally().lastMs()).isEqualTo(1_000);
    assertThat(again.count(13, 0, 1, BY_TWO)).isNull();
    assertThat(again.count(14, 0, 1, BY_TWO).sequence()).isEqualTo(2);
  }

  @Test
  void shouldForgetAnIdAfterSoManyOthers() {
    PartitionCounter counter = new PartitionCounter();
    PartitionCounter.Batching all = new PartitionCounter.Batching(0, Integer.MAX_VALUE);
    for (int id = 1; id <= PartitionCounter.REMEMBERED; id++) {
      counter.count(id, 0, 0, all);
    }
    counter.count(1, 0, 0, all);
    assertThat(ScoreTally.read(tail(counter.bytes())).samples())
        .isEqualTo(PartitionCounter.REMEMBERED);
    counter.count(-7, 0, 0, all);
    counter.count(1, 0, 0, all);
    assertThat(ScoreTally.read(tail(counter.bytes())).samples())
        .isEqualTo(PartitionCounter.REMEMBERED + 2);
  }

  @Test
  void shouldTakeEachBatchOfAPartitionOnce() {
    ScoreWindow window = new ScoreWindow();
    assertThat(window.add(batch(0, 1), 4)).isNull();
    assertThat(window.add(batch(0, 1), 4)).isNull();
    ScoreWindow again = ScoreWindow.of(window.bytes());
    assertThat(again.add(batch(0, 1), 4)).isNull();
    ScoreTally full = again.add(batch(1, 1), 4);
    assertThat(full).isNotNull();
    assertThat(full.samples()).isEqualTo(4);
    assertThat(again.add(batch(1, 2), 4)).as("a new window").isNull();
  }

  /** Version 1 as it was first written. */
  @Test
  void shouldReadTheFirstVersion() {
    byte[] first =
        HexFormat.of()
            .parseHex(
                "01"
                    + "00000003"
                    + "0000000000000009"
                    + "0000000000000002"
                    + "0000000000000000".repeat(9)
                    + "0000000000000001"
                    + "00000000000003e8"
                    + "00000000000007d0");
    ScoreBatch batch = ScoreBatch.of(first);
    assertThat(batch.partition()).isEqualTo(3);
    assertThat(batch.sequence()).isEqualTo(9);
    assertThat(batch.tally().counts()).containsExactly(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(batch.tally().firstMs()).isEqualTo(1_000);
    assertThat(batch.tally().lastMs()).isEqualTo(2_000);
    assertThat(batch.bytes()).isEqualTo(first);
  }

  @Test
  void shouldRefuseBytesOfANewerProgram() {
    byte[] newer = new ScoreWindow().bytes();
    newer[0] = 2;
    assertThatThrownBy(() -> ScoreWindow.of(newer))
        .hasMessageContaining("score window has version 2")
        .hasMessageContaining("run a newer one");
  }

  private static ByteBuffer tail(byte[] bytes) {
    return ByteBuffer.wrap(bytes, bytes.length - ScoreTally.BYTES, ScoreTally.BYTES);
  }

  private static ScoreBatch batch(int partition, long sequence) {
    ScoreTally tally = new ScoreTally();
    tally.add(1, 5);
    tally.add(2, 6);
    return new ScoreBatch(partition, sequence, tally);
  }

  /** Version 1 of what waits for its label and of what is handed on. */
  @Test
  void shouldReadPaymentsAndObservationsWrittenBefore() {
    byte[] waiting = HexFormat.of().parseHex("0101" + "3fe0000000000000");
    assertThat(WaitingPayment.of(waiting)).isEqualTo(new WaitingPayment(0.5, true));
    assertThat(new WaitingPayment(0.5, true).bytes())
        .isEqualTo(HexFormat.of().parseHex("0201" + "3fe0000000000000" + "0000000000000000"));
    assertThat(WaitingPayment.of(waiting).decidedBy(ReleaseMark.of("any"))).isTrue();
    byte[] observed = HexFormat.of().parseHex("0101" + "00000000000003e8" + "3fe0000000000000");
    Observation observation = Observation.read(ByteBuffer.wrap(observed));
    assertThat(observation).isEqualTo(new Observation(Observation.Kind.MATURED, 1_000, 0.5, true));
    assertThat(observation.bytes()).isEqualTo(observed);
  }

  @Test
  void shouldReadGroupsAndWhetherPaymentsWereStopped() {
    WaitingPayment waiting = new WaitingPayment(0.5, true, true, "S\u00e3o Tom\u00e9", 17);
    assertThat(WaitingPayment.of(waiting.bytes())).isEqualTo(waiting);
    Observation grouped =
        new Observation(Observation.Kind.GROUPED, 9, 0, false, true, "S\u00e3o Tom\u00e9");
    Observation plain = new Observation(Observation.Kind.DECIDED, 10, 0, true);
    ByteBuffer both =
        ByteBuffer.allocate(grouped.bytes().length + plain.bytes().length)
            .put(grouped.bytes())
            .put(plain.bytes())
            .flip();
    assertThat(Observation.read(both)).isEqualTo(grouped);
    assertThat(Observation.read(both)).isEqualTo(plain);
    PaymentGroup group = new PaymentGroup(7, "t7", "DE");
    assertThat(PaymentGroup.of(group.bytes())).isEqualTo(group);
  }

  @Test
  void shouldNotTakeAStrayOldPaymentForTheBeginningOfAStream() {
    StreamAge age = new StreamAge();
    long day = 86_400_000L;
    assertThat(age.share(0, 0)).as("features without windows").isEqualTo(1);
    assertThat(age.share(100 * day, day)).as("nothing seen").isZero();
    assertThat(age.see(3 * day, 1)).isTrue();
    age.see(100 * day, 50);
    age.see(101 * day, 49);
    assertThat(age.see(500 * day, 1)).as("the beginning is over").isFalse();
    StreamAge again = StreamAge.of(age.bytes());
    assertThat(again.share(101 * day, 30 * day)).isZero();
    assertThat(again.share(116 * day, 30 * day)).isEqualTo(0.5);
    assertThat(again.share(131 * day, 30 * day)).isEqualTo(1);
  }
}
