package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.history.Layout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One entity's part of a catalogue.
 *
 * @param noun the entity
 * @param names of its features, in the order of the layout's measures
 * @param places of its features in a vector, in the same order
 * @param sequence place of its sequence among a vector's; -1 if it has none
 * @param layout what its histories are kept for
 */
record EntityPart(
    String noun, List<String> names, List<Integer> places, int sequence, Layout layout)
    implements Serializable {

  /** Copies the lists. */
  EntityPart {
    names = List.copyOf(names);
    places = List.copyOf(places);
  }

  /** The parts of a catalogue, in the order of a payment's keys. */
  static List<EntityPart> of(Catalogue catalogue) {
    List<EntityPart> parts = new ArrayList<>();
    List<String> names = catalogue.names();
    for (Entity entity : catalogue.entities()) {
      List<Integer> places = catalogue.measures(entity).stream().map(MeasureAt::place).toList();
      parts.add(
          new EntityPart(
              entity.noun(),
              places.stream().map(names::get).toList(),
              places,
              catalogue.sequencePlace(entity),
              catalogue.layout(entity)));
    }
    return List.copyOf(parts);
  }

  /** Where an entity stands among some; -1 if it does not. */
  static int placeOf(List<EntityPart> parts, String noun) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).noun().equals(noun)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether there is anything to ask of the entity. */
  boolean answers() {
    return !places.isEmpty() || sequence >= 0;
  }

  /** Whether some feature looks at what payments turned out to be. */
  boolean usesLabels() {
    return layout.measures().stream().anyMatch(measure -> measure.kind().usesLabels());
  }

  /** The entities that a payment is asked of, a bit each. */
  static long asked(List<EntityPart> parts, Payment payment) {
    long bits = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (payment.names(i) && parts.get(i).answers()) {
        bits |= 1L << i;
      }
    }
    return bits;
  }
}
