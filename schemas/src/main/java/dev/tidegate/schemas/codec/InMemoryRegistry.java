package dev.tidegate.schemas.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * A registry that lives in this process: for bounded runs whose bytes never leave it, and for unit
 * tests. Checks no compatibility. Thread safe.
 */
public final class InMemoryRegistry implements SchemaRegistry {
  private final List<String> schemas = new ArrayList<>();

  @Override
  public synchronized int register(String subject, String schemaJson) {
    int known = schemas.indexOf(schemaJson);
    if (known < 0) {
      schemas.add(schemaJson);
      return schemas.size();
    }
    return known + 1;
  }

  @Override
  public synchronized String schemaById(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new RegistryException("no schema with id " + id);
    }
    return schemas.get(id - 1);
  }
}
