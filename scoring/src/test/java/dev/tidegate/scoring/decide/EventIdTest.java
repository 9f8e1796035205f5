package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Lane;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EventIdTest {
  /** Values by {@code printf 'decision|t-1' | sha256sum}. */
  @Test
  void shouldBeTheStartOfTheSha256OfKindAndTransaction() {
    assertThat(EventId.decision("t-1").hex()).isEqualTo("3d84674bcb8fbd04ed5bc68c4e290067");
    assertThat(EventId.alert(Lane.FRAUD, "t-1").hex())
        .isEqualTo("dbd1b17cb339ae650615132f787cdaf7");
  }

  @Property(tries = 200)
  boolean shouldReadItsWrittenForm(@ForAll long high, @ForAll long low) {
    EventId id = new EventId(high, low);
    return EventId.parse(id.hex()).equals(id);
  }

  @Test
  void shouldRefuseTextThatIsNoId() {
    assertThatThrownBy(() -> EventId.parse("12")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EventId.parse("x".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
