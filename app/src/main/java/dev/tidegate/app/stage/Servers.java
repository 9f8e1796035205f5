package dev.tidegate.app.stage;

import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.SchemaRegistry;

/**
 * What stages run on.
 *
 * @param bootstrapServers Kafka's addresses
 * @param registryUrl registry's address in Confluent's dialect
 * @param flink where Flink jobs run
 */
public record Servers(String bootstrapServers, String registryUrl, EmbeddedFlink flink) {
  /** Where Kafka and the registry are. */
  public Addresses addresses() {
    return new Addresses(bootstrapServers, registryUrl);
  }

  /** A client of the registry. */
  public SchemaRegistry registry() {
    return new ConfluentRegistry(registryUrl);
  }
}
