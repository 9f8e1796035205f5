package dev.tidegate.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import org.junit.jupiter.api.Test;

final class EventCodecTest {
  private static final Label LABEL =
      Label.newBuilder()
          .setTransactionId("t-1")
          .setEventTimeMs(1_000)
          .setKnownAtMs(2_000)
          .setFraud(true)
          .setKind("fan_in")
          .setOrigin("card_handbook")
          .build();

  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Test
  void shouldReadWhatItWrote() {
    EventCodec<Label> codec = EventCodec.of(Topics.LABELS, Label.class, registry);

    assertThat(codec.decode(codec.encode(LABEL))).isEqualTo(LABEL);
  }

  @Test
  void shouldStartWithZeroAndSchemaId() {
    registry.register("other-value", "\"string\"");
    byte[] bytes = EventCodec.of(Topics.LABELS, Label.class, registry).encode(LABEL);

    assertThat(bytes).startsWith(0, 0, 0, 0, 2);
  }

  @Test
  void shouldRefuseBytesOfAnotherFormat() {
    EventCodec<Label> codec = EventCodec.of(Topics.LABELS, Label.class, registry);

    assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3, 4, 5, 6}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels");
  }

  @Test
  void shouldRefuseAnEventThatTheTopicDoesNotCarry() {
    assertThatThrownBy(() -> EventCodec.of(Topics.LABELS, Transaction.class, registry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carries Label");
  }
}
