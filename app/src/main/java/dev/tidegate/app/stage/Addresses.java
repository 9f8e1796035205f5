package dev.tidegate.app.stage;

import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.SchemaRegistry;

/**
 * Where Kafka and the registry are.
 *
 * @param bootstrapServers Kafka's addresses
 * @param registryUrl registry's address in Confluent's dialect
 */
public record Addresses(String bootstrapServers, String registryUrl) {
  /** A client of the registry. */
  public SchemaRegistry registry() {
    return new ConfluentRegistry(registryUrl);
  }
}
