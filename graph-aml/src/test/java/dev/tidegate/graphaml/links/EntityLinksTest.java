package dev.tidegate.graphaml.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.links.ClusterEvent.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EntityLinksTest {
  private static final LinkSettings SMALL =
      new LinkSettings(
          Map.of(
              IdentifierKind.DEVICE, new KindRule(1, 3, 3, 40),
              IdentifierKind.ADDRESS, new KindRule(0.5, 4, 2, 60),
              IdentifierKind.IP, new KindRule(0.5, 3, 4, 15)),
          1);

  /** As {@link #SMALL}, but an address and an IP address together are not enough. */
  private static final LinkSettings STRICT = new LinkSettings(SMALL.rules(), 1.5);

  @Property(tries = 400)
  void shouldEqualBruteForce(@ForAll("sightings") List<Sighting> sightings) {
    EntityLinks links = new EntityLinks(SMALL);
    BruteLinks oracle = new BruteLinks(SMALL);
    for (Sighting sighting : sightings) {
      links.see(sighting);
      oracle.see(sighting);
      compare(links, oracle);
    }
    long end = links.nowMs();
    for (long time = end; time < end + 70; time += 7) {
      links.advance(time);
      oracle.advance(time);
      compare(links, oracle);
    }
    assertThat(links.clusters()).isEmpty();
  }

  private static void compare(EntityLinks links, BruteLinks oracle) {
    assertThat(new HashSet<>(links.clusters().values())).isEqualTo(oracle.clusters());
    links
        .clusters()
        .values()
        .forEach(members -> members.forEach(member -> compareLinks(links, oracle, member)));
  }

  private static void compareLinks(EntityLinks links, BruteLinks oracle, String member) {
    for (Link link : links.linksOf(member)) {
      assertThat(link.weight()).isEqualTo(oracle.weight(link.left(), link.right()));
      double explained =
          link.reasons().stream()
              .collect(
                  java.util.stream.Collectors.toMap(
                      LinkReason::kind, LinkReason::weight, (one, two) -> one))
              .values()
              .stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      assertThat(explained).isEqualTo(link.weight());
    }
  }

  @Property(tries = 300)
  void shouldTellEveryChangeOfMembership(@ForAll("sightings") List<Sighting> sightings) {
    EntityLinks links = new EntityLinks(SMALL);
    Map<String, Set<String>> told = new java.util.TreeMap<>();
    for (Sighting sighting : sightings) {
      links.see(sighting).forEach(event -> follow(told, event));
      Map<String, List<String>> expected = links.clusters();
      assertThat(told.keySet()).isEqualTo(expected.keySet());
      told.forEach(
          (id, members) -> assertThat(members).containsExactlyElementsOf(expected.get(id)));
    }
  }

  private static void follow(Map<String, Set<String>> told, ClusterEvent event) {
    switch (event.change()) {
      case FORMED -> assertThat(told.put(event.cluster(), new TreeSet<>(event.members()))).isNull();
      case GREW -> told.get(event.cluster()).addAll(event.members());
      case MERGED -> {
        assertThat(told.remove(event.other())).containsExactlyElementsOf(event.members());
        told.get(event.cluster()).addAll(event.members());
      }
      case SHRANK -> told.get(event.cluster()).removeAll(event.members());
      case SPLIT -> {
        told.get(event.cluster()).removeAll(event.members());
        assertThat(told.put(event.other(), new TreeSet<>(event.members()))).isNull();
      }
      case DISSOLVED ->
          assertThat(told.remove(event.cluster())).containsExactlyElementsOf(event.members());
    }
    assertThat(event.size())
        .isEqualTo(event.change() == Change.DISSOLVED ? 0 : told.get(event.cluster()).size());
  }

  @Property(tries = 200)
  void shouldSayTheSameAgainWithTheSameIds(@ForAll("sightings") List<Sighting> sightings) {
    EntityLinks one = new EntityLinks(SMALL);
    EntityLinks two = new EntityLinks(SMALL);
    for (Sighting sighting : sightings) {
      assertThat(one.see(sighting)).isEqualTo(two.see(sighting));
    }
    assertThat(one.clusters()).isEqualTo(two.clusters());
  }

  @Property(tries = 200)
  void shouldNotChangeByARepeatedSighting(@ForAll("sightings") List<Sighting> sightings) {
    EntityLinks once = new EntityLinks(SMALL);
    EntityLinks twice = new EntityLinks(SMALL);
    for (Sighting sighting : sightings) {
      once.see(sighting);
      twice.see(sighting);
      assertThat(twice.see(sighting)).isEmpty();
    }
    assertThat(twice.clusters()).isEqualTo(once.clusters());
  }

  @Property(tries = 300)
  void shouldGoOnAfterARestoreAsIfItHadNeverStopped(@ForAll("sightings") List<Sighting> sightings)
      throws IOException {
    EntityLinks links = new EntityLinks(SMALL);
    KeptLinks kept = new KeptLinks();
    sightings.subList(0, sightings.size() / 4).forEach(links::see);
    links.flush(kept);
    sightings.subList(sightings.size() / 4, sightings.size() / 2).forEach(links::see);
    EntityLinks restored = restored(links, kept, SMALL);
    assertThat(restored.clusters()).isEqualTo(links.clusters());
    for (Sighting sighting : sightings.subList(sightings.size() / 2, sightings.size())) {
      assertThat(restored.see(sighting)).isEqualTo(links.see(sighting));
    }
    assertThat(restored.clusters()).isEqualTo(links.clusters());
  }

  @Property(tries = 300)
  void shouldFollowOtherSettingsAfterARestore(@ForAll("sightings") List<Sighting> sightings)
      throws IOException {
    EntityLinks links = new EntityLinks(SMALL);
    BruteLinks oracle = new BruteLinks(STRICT);
    for (Sighting sighting : sightings) {
      links.see(sighting);
      oracle.see(sighting);
    }
    EntityLinks restored = restored(links, new KeptLinks(), STRICT);
    compare(restored, oracle);
    links
        .clusters()
        .forEach(
            (id, members) -> {
              if (!restored.membersOf(id).isEmpty()) {
                assertThat(members).containsAll(restored.membersOf(id));
              }
            });
  }

  private static EntityLinks restored(EntityLinks links, KeptLinks kept, LinkSettings settings)
      throws IOException {
    links.flush(kept);
    return EntityLinks.read(links.nowMs(), kept.edges.values(), kept.clusters.values(), settings);
  }

  /** A store in maps. */
  private static final class KeptLinks implements LinksStore {
    final Map<String, byte[]> edges = new HashMap<>();
    final Map<String, byte[]> clusters = new HashMap<>();

    @Override
    public void putEdge(String key, byte[] edge) {
      edges.put(key, edge);
    }

    @Override
    public void removeEdge(String key) {
      edges.remove(key);
    }

    @Override
    public void putCluster(String id, byte[] cluster) {
      clusters.put(id, cluster);
    }

    @Override
    public void removeCluster(String id) {
      clusters.remove(id);
    }
  }

  @Test
  void shouldKeepTheOlderIdWhenClustersMeetAndGiveTheSmallerPartANewOne() {
    EntityLinks links = new EntityLinks(SMALL);
    links.see(new Sighting(1, "a", IdentifierKind.DEVICE, "d1"));
    links.see(new Sighting(1, "b", IdentifierKind.DEVICE, "d1"));
    String older = links.clusterOf("a");
    links.see(new Sighting(5, "c", IdentifierKind.DEVICE, "d2"));
    links.see(new Sighting(5, "d", IdentifierKind.DEVICE, "d2"));
    links.see(new Sighting(20, "a", IdentifierKind.DEVICE, "d1"));
    links.see(new Sighting(20, "b", IdentifierKind.DEVICE, "d1"));
    links.see(new Sighting(20, "c", IdentifierKind.DEVICE, "d2"));
    links.see(new Sighting(20, "e", IdentifierKind.DEVICE, "d2"));
    links.see(new Sighting(21, "b", IdentifierKind.IP, "i"));
    links.see(new Sighting(21, "c", IdentifierKind.IP, "i"));
    links.see(new Sighting(22, "b", IdentifierKind.ADDRESS, "home"));
    List<ClusterEvent> events = links.see(new Sighting(22, "c", IdentifierKind.ADDRESS, "home"));

    assertThat(events).singleElement().extracting(ClusterEvent::change).isEqualTo(Change.MERGED);
    assertThat(links.membersOf(older)).containsExactly("a", "b", "c", "d", "e");

    List<ClusterEvent> split = links.advance(36); // the IP address has not been seen for 15
    assertThat(split).singleElement().extracting(ClusterEvent::change).isEqualTo(Change.SPLIT);
    assertThat(links.membersOf(older)).containsExactly("c", "d", "e"); // the larger part
    assertThat(links.membersOf(links.clusterOf("a"))).containsExactly("a", "b");
  }

  @Test
  void shouldStopLinkingByAValueThatTooManyHaveAndBeginAgain() {
    EntityLinks links = new EntityLinks(SMALL);
    for (int i = 0; i < 3; i++) {
      links.see(new Sighting(i, "m" + i, IdentifierKind.DEVICE, "kiosk"));
    }
    assertThat(links.clusters().values()).containsExactly(List.of("m0", "m1", "m2"));
    for (int i = 3; i < 1_000; i++) {
      links.see(new Sighting(30, "m" + i, IdentifierKind.DEVICE, "kiosk"));
    }
    assertThat(links.isSuperCommon(IdentifierKind.DEVICE, "kiosk")).isTrue();
    assertThat(links.clusters()).isEmpty();
    links.see(new Sighting(60, "m7", IdentifierKind.DEVICE, "kiosk"));
    links.see(new Sighting(65, "m8", IdentifierKind.DEVICE, "kiosk"));
    assertThat(links.clusters()).isEmpty();
    links.advance(70);
    assertThat(links.isSuperCommon(IdentifierKind.DEVICE, "kiosk")).isFalse();
    assertThat(links.clusters().values()).containsExactly(List.of("m7", "m8"));
  }

  @Test
  void shouldGiveEachLinkItsReasonsWeightAndDates() {
    EntityLinks links = new EntityLinks(SMALL);
    links.see(new Sighting(1, "b", IdentifierKind.IP, "i"));
    links.see(new Sighting(3, "a", IdentifierKind.IP, "i"));
    links.see(new Sighting(4, "a", IdentifierKind.ADDRESS, "home"));
    assertThat(links.linksOf("a")).isEmpty();
    links.see(new Sighting(6, "b", IdentifierKind.ADDRESS, "home"));
    links.see(new Sighting(9, "b", IdentifierKind.IP, "i"));

    List<LinkReason> reasons =
        List.of(
            new LinkReason(IdentifierKind.ADDRESS, "home", 0.5, 6, 4),
            new LinkReason(IdentifierKind.IP, "i", 0.5, 3, 3));
    assertThat(links.linksOf("b")).containsExactly(new Link("a", "b", 1, reasons));
  }

  @Provide
  Arbitrary<List<Sighting>> sightings() {
    Arbitrary<Integer> step = Arbitraries.of(0, 0, 1, 2, 5, -3, 12);
    Arbitrary<String> member = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");
    Arbitrary<IdentifierKind> kind =
        Arbitraries.of(
            IdentifierKind.DEVICE, IdentifierKind.ADDRESS, IdentifierKind.IP, IdentifierKind.PHONE);
    Arbitrary<String> value = Arbitraries.of("u", "v", "w", "x", "y");
    return Combinators.combine(step, member, kind, value)
        .as(Draft::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(EntityLinksTest::dated);
  }

  private record Draft(int step, String member, IdentifierKind kind, String value) {}

  private static List<Sighting> dated(List<Draft> drafts) {
    List<Sighting> sightings = new ArrayList<>();
    long time = 100;
    for (Draft draft : drafts) {
      long at = time + draft.step();
      sightings.add(new Sighting(at, draft.member(), draft.kind(), draft.value()));
      time = Math.max(time, at);
    }
    return sightings;
  }
}
