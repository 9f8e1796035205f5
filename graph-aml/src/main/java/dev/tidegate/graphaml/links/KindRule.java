package dev.tidegate.graphaml.links;

import java.io.Serializable;

/**
 * How identifiers of one kind link.
 *
 * @param weight what one shared value adds to a pair's weight; several of a kind add it once, since
 *     they seldom are independent
 * @param mostMembers a value that more members have within the window links nobody
 * @param mostValues a member that has more values within the window is linked by none of this kind
 * @param windowMs how long a sighting counts: at {@code t} those in {@code (t - windowMs, t]}
 */
public record KindRule(double weight, int mostMembers, int mostValues, long windowMs)
    implements Serializable {
  /** Refuses a rule that could never link, or without bounds. */
  public KindRule {
    if (!(weight > 0)) {
      throw new IllegalArgumentException("weight must be above 0, not " + weight);
    }
    if (mostMembers < 2 || mostValues < 1 || windowMs < 1) {
      throw new IllegalArgumentException(
          "at least 2 members, 1 value and 1 ms are needed, not "
              + mostMembers
              + ", "
              + mostValues
              + ", "
              + windowMs);
    }
  }
}
