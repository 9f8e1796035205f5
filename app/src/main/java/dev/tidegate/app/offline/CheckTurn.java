package dev.tidegate.app.offline;

import dev.tidegate.features.catalogue.Entity;
import java.util.List;

/**
 * What one check looks at. Over turns that follow each other every entity and every slice of its
 * keys has its turn; then a new round begins.
 *
 * @param entity kind of entity
 * @param slice which of the slices of its keys
 * @param round how often every slice has had its turn
 */
record CheckTurn(Entity entity, int slice, long round) {
  /** The turn of a number, 0 or more. */
  static CheckTurn of(long number, List<Entity> entities, int slices) {
    long each = number / entities.size();
    return new CheckTurn(
        entities.get((int) (number % entities.size())), (int) (each % slices), each / slices);
  }
}
