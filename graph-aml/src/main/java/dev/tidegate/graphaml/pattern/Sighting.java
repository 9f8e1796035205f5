package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.schemas.event.LaunderingPattern;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * One payment was found to be part of one pattern.
 *
 * @param pattern which
 * @param focus the account that it is about: where money is collected, scattered, comes back to or
 *     ends
 * @param width how large: payments of a cycle or a chain, else accounts
 * @param smallest width from which on there is an alert
 * @param joints what makes two sightings of this pattern one episode: they have one of these in
 *     common
 * @param hops the payments that make it up, oldest first, the one in hand among them
 */
public record Sighting(
    LaunderingPattern pattern,
    long focus,
    int width,
    int smallest,
    Set<Long> joints,
    List<Hop> hops) {
  /** Copies. */
  public Sighting {
    joints = Collections.unmodifiableSet(new LinkedHashSet<>(joints));
    hops = List.copyOf(hops);
  }

  /**
   * What a payment adds to an episode: to one of a star that is open the payment alone, else all
   * payments that make the pattern up.
   *
   * @param hop the payment in hand
   * @param open whether an episode with a joint is open
   */
  public Sighting by(Hop hop, LongPredicate open) {
    boolean star =
        switch (pattern) {
          case FAN_IN, FAN_OUT, GATHER_SCATTER -> true;
          default -> false;
        };
    return star && joints.stream().allMatch(open::test)
        ? new Sighting(pattern, focus, width, smallest, joints, List.of(hop))
        : this;
  }
}
