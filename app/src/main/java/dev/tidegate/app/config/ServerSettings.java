package dev.tidegate.app.config;

import java.util.Map;

/**
 * What stages that run alone connect to.
 *
 * @param kafka bootstrap servers
 * @param kafkaProperties file that says how to connect to Kafka; blank for none
 * @param registry URL of the schema registry
 * @param registryProperties file that says how to connect to the registry; blank for none
 * @param database JDBC address of the console's PostgreSQL
 * @param databaseUser its user
 */
public record ServerSettings(
    String kafka,
    String kafkaProperties,
    String registry,
    String registryProperties,
    String database,
    String databaseUser) {
  /** Environment variable with the password of {@code databaseUser}. */
  public static final String PASSWORD_VARIABLE = "TIDEGATE_DATABASE_PASSWORD";

  static ServerSettings of(Configuration configuration) {
    return new ServerSettings(
        configuration.text("servers.kafka"),
        configuration.text("servers.kafka-properties"),
        configuration.text("servers.registry"),
        configuration.text("servers.registry-properties"),
        configuration.text("servers.database"),
        configuration.text("servers.database-user"));
  }

  /** The database user's password; it stands in the environment alone. */
  public static String password(Map<String, String> environment) {
    return environment.getOrDefault(PASSWORD_VARIABLE, "");
  }
}
