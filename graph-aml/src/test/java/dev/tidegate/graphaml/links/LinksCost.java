package dev.tidegate.graphaml.links;

import dev.tidegate.schemas.time.WallClock;
import java.util.Random;

/**
 * What links cost on one core; argument: sightings, half of them of a device, a third of an IP
 * address and the rest of a document, over 30 days of ten sightings a member.
 */
final class LinksCost {
  private static final long MONTH_MS = 2_592_000_000L;

  private LinksCost() {}

  public static void main(String[] args) {
    int sightings = Integer.parseInt(args[0]);
    int members = sightings / 10;
    EntityLinks links = new EntityLinks(LinkSettings.standard());
    Random random = new Random(5);
    long events = 0;
    long slowest = 0;
    long begun = WallClock.nanos();
    for (int i = 0; i < sightings; i++) {
      int member = random.nextInt(members);
      int sort = random.nextInt(6);
      IdentifierKind kind =
          sort < 3 ? IdentifierKind.DEVICE : sort < 5 ? IdentifierKind.IP : IdentifierKind.DOCUMENT;
      // A value of its own, now and then one of a neighbour; addresses of a carrier in between.
      int owner = random.nextInt(50) == 0 ? member / 4 * 4 : member;
      int value = kind == IdentifierKind.IP && random.nextInt(4) == 0 ? -1 - owner % 20 : owner;
      long before = WallClock.nanos();
      events +=
          links
              .see(new Sighting(MONTH_MS / sightings * i, "m" + member, kind, kind + "-" + value))
              .size();
      slowest = Math.max(slowest, WallClock.nanos() - before);
    }
    long nanos = WallClock.nanos() - begun;
    System.out.println(
        sightings
            + " sightings in "
            + nanos / 1_000_000
            + " ms, "
            + sightings * 1_000_000_000L / nanos
            + "/s; slowest "
            + slowest / 1_000
            + " us; "
            + events
            + " changes, "
            + links.clusterCount()
            + " clusters, "
            + links.edges()
            + " edges");
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.println((runtime.totalMemory() - runtime.freeMemory()) / 1_000_000 + " MB of heap");
  }
}
