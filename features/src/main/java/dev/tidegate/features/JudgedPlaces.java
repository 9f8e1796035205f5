package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Catalogue.RatioAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.history.Measure;
import java.util.BitSet;
import java.util.List;

/**
 * The places of a vector that one entity and the payment alone decide, and which of them look at
 * labels or back for ever; a ratio is what one of its parts is. Immutable.
 */
final class JudgedPlaces {
  private final BitSet decided = new BitSet();
  private final BitSet labelled = new BitSet();
  private final BitSet endless = new BitSet();
  private final int size;

  JudgedPlaces(Catalogue catalogue, Entity entity) {
    size = catalogue.size();
    for (MeasureAt at : catalogue.measures(entity)) {
      Measure measure = at.measure();
      decided.set(at.place());
      labelled.set(at.place(), measure.kind().usesLabels());
      endless.set(at.place(), measure.windowMs() == 0);
    }
    catalogue.values().forEach(at -> decided.set(at.place()));
    for (RatioAt ratio : catalogue.ratios()) {
      decided.set(
          ratio.place(), decided.get(ratio.numerator()) && decided.get(ratio.denominator()));
      inherit(labelled, ratio);
      inherit(endless, ratio);
    }
  }

  private static void inherit(BitSet kind, RatioAt ratio) {
    kind.set(ratio.place(), kind.get(ratio.numerator()) || kind.get(ratio.denominator()));
  }

  /** Whether a label can change one of them. */
  boolean usesLabels() {
    return !labelled.isEmpty();
  }

  /**
   * Compares two vectors bit for bit; all NaNs are one.
   *
   * @param forEver whether features that look back for ever are compared
   */
  EntityCheck.Found compare(float[] served, List<Float> again, boolean forEver) {
    boolean differs = served.length != size;
    boolean differsByLabels = false;
    for (int at = decided.nextSetBit(0); at >= 0 && !differs; at = decided.nextSetBit(at + 1)) {
      boolean equal = Float.floatToIntBits(served[at]) == Float.floatToIntBits(again.get(at));
      if (!equal && (forEver || !endless.get(at))) {
        differs = !labelled.get(at);
        differsByLabels |= labelled.get(at);
      }
    }
    return new EntityCheck.Found(1, differs ? 1 : 0, !differs && differsByLabels ? 1 : 0);
  }
}
