package dev.tidegate.schemas.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whatever is done to a chain shows, at the event where it was done or the one after. */
final class AuditChainTest {
  @Test
  void shouldAcceptWhatItMade() {
    assertThat(problems(chain(5))).isEmpty();
  }

  @Test
  void shouldNoticeEveryFieldThatIsChanged() {
    List<AuditEvent> whole = chain(5);
    AuditEvent third = whole.get(2);
    for (AuditEvent changed :
        List.of(
            AuditEvent.newBuilder(third).setActor("mallory").build(),
            AuditEvent.newBuilder(third).setAction("model.rollback").build(),
            AuditEvent.newBuilder(third).setSubject("other").build(),
            AuditEvent.newBuilder(third).setAtMs(1).build(),
            AuditEvent.newBuilder(third).setFrom("x").build(),
            AuditEvent.newBuilder(third).setFrom("").build(),
            AuditEvent.newBuilder(third).setTo(null).build())) {
      List<AuditEvent> tampered = new ArrayList<>(whole);
      tampered.set(2, changed);
      assertThat(problems(tampered)).containsExactly("event 3 is not what its hash was made of");
    }
  }

  @Test
  void shouldNoticeAnEventWhoseHashWasMadeAnew() {
    List<AuditEvent> tampered = new ArrayList<>(chain(5));
    AuditChain upToTwo = new AuditChain();
    tampered.subList(0, 2).forEach(upToTwo::take);
    tampered.set(2, upToTwo.next(action("mallory", 2), 3));

    assertThat(problems(tampered))
        .containsExactly("event 4 does not hold the hash of the one before");
  }

  @Test
  void shouldNoticeWhatIsMissingRepeatedOrMoved() {
    List<AuditEvent> missing = new ArrayList<>(chain(5));
    missing.remove(1);
    assertThat(problems(missing).get(0)).isEqualTo("event 3 stands where 2 is due");
    List<AuditEvent> repeated = new ArrayList<>(chain(5));
    repeated.add(2, repeated.get(1));
    assertThat(problems(repeated).get(0)).isEqualTo("event 2 stands where 3 is due");
    List<AuditEvent> moved = new ArrayList<>(chain(5));
    moved.add(moved.remove(1));
    assertThat(problems(moved)).isNotEmpty();
  }

  @Test
  void shouldTellTextsApartThatWouldRunTogether() {
    AuditChain chain = new AuditChain();
    AuditEvent one = chain.next(new AuditChain.Action("ab", "c", "s", null, null), 1);
    AuditEvent other = chain.next(new AuditChain.Action("a", "bc", "s", null, null), 1);

    assertThat(one.getHash()).isNotEqualTo(other.getHash());
  }

  private static AuditChain.Action action(String actor, int i) {
    return new AuditChain.Action(actor, "model.promote", "release-" + i, null, "champion");
  }

  private static List<AuditEvent> chain(int events) {
    AuditChain chain = new AuditChain();
    List<AuditEvent> made = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      AuditEvent event = chain.next(action("alice", i), 1_000 + i);
      assertThat(chain.take(event)).isNull();
      made.add(event);
    }
    return made;
  }

  private static List<String> problems(List<AuditEvent> events) {
    AuditChain chain = new AuditChain();
    return events.stream().map(chain::take).filter(Objects::nonNull).toList();
  }
}
