package dev.tidegate.graphaml.links;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which identifiers link, and how much it takes.
 *
 * @param rules by kind; sightings of other kinds are ignored
 * @param threshold weight from which a pair is linked
 */
public record LinkSettings(Map<IdentifierKind, KindRule> rules, double threshold)
    implements Serializable {
  private static final long DAY_MS = 86_400_000L;

  /** Keeps a copy; refuses no rules, and a threshold that every pair would reach. */
  public LinkSettings {
    if (rules.isEmpty() || !(threshold > 0)) {
      throw new IllegalArgumentException("links need a rule and a threshold above 0");
    }
    rules = new EnumMap<>(rules);
  }

  /**
   * What the platform uses unless told otherwise. One document, phone, e-mail address or device is
   * enough; of a beneficiary, a postal address and an IP address it takes two. Bounds are those of
   * a household or a small firm: a carrier's gateway, a payphone or a utility's account has far
   * more members.
   */
  public static LinkSettings standard() {
    Map<IdentifierKind, KindRule> rules = new EnumMap<>(IdentifierKind.class);
    rules.put(IdentifierKind.DOCUMENT, new KindRule(1, 8, 16, 365 * DAY_MS));
    rules.put(IdentifierKind.PHONE, new KindRule(1, 8, 16, 90 * DAY_MS));
    rules.put(IdentifierKind.EMAIL, new KindRule(1, 8, 16, 90 * DAY_MS));
    rules.put(IdentifierKind.DEVICE, new KindRule(1, 16, 32, 30 * DAY_MS));
    rules.put(IdentifierKind.BENEFICIARY, new KindRule(0.5, 16, 64, 30 * DAY_MS));
    rules.put(IdentifierKind.ADDRESS, new KindRule(0.5, 16, 16, 90 * DAY_MS));
    rules.put(IdentifierKind.IP, new KindRule(0.5, 16, 64, 7 * DAY_MS));
    return new LinkSettings(rules, 1);
  }

  @Nullable KindRule rule(IdentifierKind kind) {
    return rules.get(kind);
  }
}
