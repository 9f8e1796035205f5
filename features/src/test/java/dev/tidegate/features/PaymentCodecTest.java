package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PaymentCodecTest {
  /** As the program wrote it before payments had sequences. */
  private static final String VERSION_1 =
      "01" // version
          + "04" // late
          + "0000000000000001" // time
          + "0000000000000002" // order
          + "0000000000000003" // id
          + "0000000000000004"
          + "0000000000000005" // amount
          + "0000000000000006" // base
          + "00000007" // currency
          + "0000000000000001" // filters
          + "01" // tags
          + "0000000000000008"
          + "02" // keys
          + "0000000000000009000000000000000a"
          + "0001" // values
          + "3ff8000000000000"
          + "00000002" // transaction
          + "beef";

  private static Payment read(String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return PaymentCodec.INSTANCE.deserialize(new DataInputDeserializer(bytes));
  }

  private static String written(Payment payment) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    PaymentCodec.INSTANCE.serialize(payment, out);
    return HexFormat.of().formatHex(out.getCopyOfBuffer());
  }

  @Test
  void shouldReadAPaymentOfVersion1WithoutSequences() throws IOException {
    Payment payment = read(VERSION_1);
    assertThat(payment.late).isTrue();
    assertThat(payment.timeMs).isEqualTo(1);
    assertThat(payment.currency).isEqualTo(7);
    assertThat(payment.keys).containsExactly(9, 10);
    assertThat(payment.values).containsExactly(1.5);
    assertThat(payment.transaction).hasSize(2);
    assertThat(payment.sequences).isEmpty();
    assertThat(payment.entity).isEqualTo(Payment.WHOLE);
  }

  @Test
  void shouldBringBackSequencesBitForBit() throws IOException {
    Payment payment = read(VERSION_1);
    float[] rows = {0.1f, Float.NaN, -0.0f, Float.MAX_VALUE};
    payment.sequences = new byte[][] {SequenceBytes.NONE, SequenceBytes.of(rows)};
    Payment again = read(written(payment));
    assertThat(again.sequences.length).isEqualTo(2);
    assertThat(SequenceBytes.read(again.sequences[0])).isEmpty();
    assertThat(SequenceBytes.read(again.sequences[1])).isEqualTo(rows);
    assertThat(written(again)).isEqualTo(written(payment));
  }

  @Test
  void shouldRefuseAVersionThatItDoesNotKnow() {
    assertThatThrownBy(() -> read("04" + VERSION_1.substring(2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 4");
  }
}
