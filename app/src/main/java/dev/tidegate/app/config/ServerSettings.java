package dev.tidegate.app.config;

import dev.tidegate.app.Refused;
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
        address(configuration, "servers.kafka", "[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*", "host:port"),
        configuration.text("servers.kafka-properties"),
        address(configuration, "servers.registry", "https?://\\S+", "http://host:port/path"),
        configuration.text("servers.registry-properties"),
        address(
            configuration,
            "servers.database",
            "jdbc:postgresql:\\S+",
            "jdbc:postgresql://host:port/database"),
        user(configuration));
  }

  private static String address(
      Configuration configuration, String key, String form, String example) {
    String text = configuration.text(key);
    if (!text.isEmpty() && !text.matches(form)) {
      throw new Refused("setting " + key + " must be an address like " + example);
    }
    return text;
  }

  private static String user(Configuration configuration) {
    String user = configuration.text("servers.database-user");
    if (user.isBlank()) {
      throw new Refused("setting servers.database-user must name a user");
    }
    return user;
  }

  /** The database user's password; it stands in the environment alone. */
  public static String password(Map<String, String> environment) {
    return environment.getOrDefault(PASSWORD_VARIABLE, "");
  }
}
