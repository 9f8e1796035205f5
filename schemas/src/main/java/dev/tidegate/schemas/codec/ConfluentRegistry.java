package dev.tidegate.schemas.codec;

import dev.tidegate.schemas.access.ClientAccess;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Confluent's registry client. The only class that knows it: the client comes relocated inside a
 * Flink jar that must never share a class path with {@code flink-avro}, so nothing of it may leak.
 * Thread safe; answers are cached.
 */
public final class ConfluentRegistry implements SchemaRegistry {
  private static final int CACHED_SCHEMAS = 1000;

  private final CachedSchemaRegistryClient client;
  private final String url;

  /**
   * Takes the registry's base address, for example {@code http://host:8081/apis/ccompat/v7}; TLS
   * and credentials are those of {@link ClientAccess}.
   */
  public ConfluentRegistry(String url) {
    this.url = url;
    this.client = new CachedSchemaRegistryClient(url, CACHED_SCHEMAS, ClientAccess.registry());
  }

  @Override
  public int register(String subject, String schemaJson) {
    try {
      return client.register(subject, new AvroSchema(schemaJson));
    } catch (IOException | RestClientException e) {
      throw new RegistryException(
          "registry " + url + " did not register subject " + subject + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String schemaById(int id) {
    try {
      return client.getSchemaById(id).canonicalString();
    } catch (IOException | RestClientException e) {
      throw new RegistryException(
          "registry " + url + " has no schema with id " + id + ": " + e.getMessage(), e);
    }
  }

  /**
   * Sets the compatibility that every subject must keep.
   *
   * @param level a level of Confluent's registry, for example {@code FULL_TRANSITIVE}
   */
  public void requireCompatibility(String level) {
    try {
      client.updateCompatibility(null, level);
    } catch (IOException | RestClientException e) {
      throw new RegistryException(
          "registry " + url + " did not take compatibility " + level + ": " + e.getMessage(), e);
    }
  }

  /** The compatibility in force for subjects without one of their own. */
  public String compatibility() {
    try {
      return client.getCompatibility(null);
    } catch (IOException | RestClientException e) {
      throw new RegistryException("registry " + url + " did not tell its compatibility", e);
    }
  }

  /** Subjects by name, each with its number of versions. */
  public Map<String, Integer> versionsBySubject() {
    Map<String, Integer> versions = new TreeMap<>();
    try {
      for (String subject : client.getAllSubjects()) {
        versions.put(subject, client.getAllVersions(subject).size());
      }
      return versions;
    } catch (IOException | RestClientException e) {
      throw new RegistryException("registry " + url + " did not list its subjects", e);
    }
  }
}
