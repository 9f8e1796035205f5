package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.SampleReasons;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.Position;
import dev.tidegate.console.log.Unreadable;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventDecoderTest {
  private static final TopicPartition PARTITION = new TopicPartition("alerts", 2);
  private static final Alert ALERT = new SampleAlerts(3, 1_700_000_000_000L).alert(4, 99);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<Alert> codec = EventCodec.of(Topics.ALERTS, Alert.class, registry);
  private final EventDecoder<Alert> decoder = EventDecoder.alerts(Topics.ALERTS, registry);

  @Test
  void shouldTurnRecordsIntoABatchWithThePositionAfterThem() {
    LogBatch<Alert> batch = decoder.decode("t1", records(codec.encode(ALERT), codec.encode(ALERT)));

    assertThat(batch.events()).containsExactly(ALERT, ALERT);
    assertThat(batch.positions()).containsExactly(new Position("t1", 2, 42));
    assertThat(batch.unreadable()).isEmpty();
  }

  @Test
  void shouldPassOverWhatIsNoAlertAndSayWhy() {
    byte[] nameless = codec.encode(Alert.newBuilder(ALERT).setAlertId("").build());
    byte[] endless = codec.encode(Alert.newBuilder(ALERT).setAlertId("x".repeat(201)).build());

    LogBatch<Alert> batch =
        decoder.decode(
            "t1", records(null, new byte[] {7, 7}, nameless, endless, codec.encode(ALERT)));

    assertThat(batch.events()).containsExactly(ALERT);
    assertThat(batch.positions()).containsExactly(new Position("t1", 2, 45));
    assertThat(batch.unreadable())
        .extracting(Unreadable::offset, Unreadable::reason)
        .containsExactly(
            tuple(40L, "no value"),
            tuple(41L, "a value on alerts is not in the registry's wire format"),
            tuple(42L, "an id of 0 characters"),
            tuple(43L, "an id of 201 characters"));
  }

  @Test
  void shouldNotBlameARecordForARegistryThatDoesNotAnswer() {
    byte[] unknownSchema = {0, 0, 0, 0, 99, 1, 2, 3};

    assertThatThrownBy(() -> decoder.decode("t1", records(unknownSchema)))
        .isInstanceOf(RegistryException.class);
  }

  @Test
  void shouldTakeReasonsAndKeepAsideWhatIsNone() {
    EventCodec<AlertReasons> reasons =
        EventCodec.of(Topics.ALERT_REASONS, AlertReasons.class, registry);
    AlertReasons one = SampleReasons.of(ALERT, "2026-11", 7);
    byte[] nameless = reasons.encode(AlertReasons.newBuilder(one).setAlertId("").build());
    byte[] cut = Arrays.copyOf(reasons.encode(one), 60);

    LogBatch<AlertReasons> batch =
        EventDecoder.reasons(registry)
            .decode("t2", records(reasons.encode(one), null, nameless, cut));

    assertThat(batch.events()).containsExactly(one);
    assertThat(batch.positions()).containsExactly(new Position("t2", 2, 44));
    assertThat(batch.unreadable())
        .extracting(Unreadable::topicId, Unreadable::offset)
        .containsExactly(tuple("t2", 41L), tuple("t2", 42L), tuple("t2", 43L));
    assertThat(batch.unreadable().get(2).reason()).startsWith("a value on alert-reasons");
  }

  private static ConsumerRecords<byte[], byte[]> records(byte[]... values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long offset = 40;
    for (byte[] value : values) {
      records.add(new ConsumerRecord<>("alerts", 2, offset++, new byte[0], value));
    }
    return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of());
  }
}
