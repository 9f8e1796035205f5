package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.io.Serializable;

/** How a task on any machine gets to the registry. Travels with the job; opened once a task. */
@FunctionalInterface
public interface RegistryProvider extends Serializable {
  /** Opens the registry. */
  SchemaRegistry open();

  /** A registry that speaks Confluent's protocol, by its base address. */
  static RegistryProvider confluent(String url) {
    return () -> new ConfluentRegistry(url);
  }
}
