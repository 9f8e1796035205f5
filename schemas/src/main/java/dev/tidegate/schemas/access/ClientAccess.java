package dev.tidegate.schemas.access;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * TLS and SASL for this process's clients, from properties files. It belongs to the process, not to
 * settings that travel: tasks of a Flink job read the file of the machine they run on, and no
 * secret is written into a job graph. Without a file, clients connect without either.
 *
 * <p>Values may point elsewhere by Kafka's configuration providers, for example {@code
 * ${directory:/etc/secrets:password}} or {@code ${env:PASSWORD}}; Kafka's clients look them up
 * themselves. Only keys that say how to connect are allowed: what delivery rests on is not to be
 * changed here.
 */
public final class ClientAccess {
  /** System property, and before it the environment, that names the file for Kafka. */
  public static final String KAFKA_PROPERTY = "tidegate.kafka.properties";

  /** Environment variable that names the file for Kafka's clients. */
  public static final String KAFKA_VARIABLE = "TIDEGATE_KAFKA_PROPERTIES";

  /** As {@link #KAFKA_PROPERTY}, for the registry's client. */
  public static final String REGISTRY_PROPERTY = "tidegate.registry.properties";

  /** As {@link #KAFKA_VARIABLE}, for the registry's client. */
  public static final String REGISTRY_VARIABLE = "TIDEGATE_REGISTRY_PROPERTIES";

  private static final List<String> KAFKA_KEYS =
      List.of(
          "security.", "ssl.", "sasl.", "config.providers", "client.rack", "socket.connection.");

  private static final List<String> REGISTRY_KEYS =
      List.of("ssl.", "basic.auth.", "bearer.auth.", "proxy.", "config.providers");

  /** Confluent's client takes the keys of TLS under this prefix. */
  private static final String REGISTRY_PREFIX = "schema.registry.";

  private ClientAccess() {}

  /**
   * Properties for a client of Kafka, to be put beside its own.
   *
   * @throws IllegalStateException if the file cannot be read or holds a key that is not about
   *     connecting; the message names file and key, never a value
   */
  public static Map<String, String> kafka() {
    return read(file(KAFKA_PROPERTY, KAFKA_VARIABLE), KAFKA_KEYS);
  }

  /** The same beside a client's own settings, which win. */
  public static Map<String, Object> with(Map<String, ?> own) {
    Map<String, Object> settings = new HashMap<>(kafka());
    settings.putAll(own);
    return settings;
  }

  /** The same for builders that take {@link Properties}. */
  public static Properties kafkaProperties() {
    Properties properties = new Properties();
    properties.putAll(kafka());
    return properties;
  }

  /**
   * Properties for the registry's client, with what values point to looked up.
   *
   * @throws IllegalStateException as {@link #kafka} does
   */
  public static Map<String, Object> registry() {
    Map<String, String> written = read(file(REGISTRY_PROPERTY, REGISTRY_VARIABLE), REGISTRY_KEYS);
    Map<String, Object> properties = new HashMap<>();
    new AbstractConfig(new ConfigDef(), written, false)
        .originals()
        .forEach(
            (key, value) -> {
              if (key.startsWith("ssl.")) {
                properties.put(REGISTRY_PREFIX + key, value);
              } else if (!key.startsWith("config.providers")) {
                properties.put(key, value);
              }
            });
    return properties;
  }

  private static String file(String property, String variable) {
    String named = System.getProperty(property, "");
    return named.isBlank() ? System.getenv().getOrDefault(variable, "") : named;
  }

  private static Map<String, String> read(String file, List<String> allowed) {
    Map<String, String> values = new TreeMap<>();
    if (file.isBlank()) {
      return values;
    }
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(Path.of(file))) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("client properties " + file + " cannot be read", e);
    }
    for (String key : properties.stringPropertyNames()) {
      if (allowed.stream().noneMatch(key::startsWith)) {
        throw new IllegalStateException(
            file + ": " + key + " says nothing about connecting; allowed are " + allowed);
      }
      values.put(key, properties.getProperty(key));
    }
    return values;
  }
}
