package dev.tidegate.console;

import dev.tidegate.schemas.codec.SchemaRegistry;
import java.time.InstantSource;

/**
 * What a console needs.
 *
 * @param host address to listen on; {@code 127.0.0.1} unless others may see alerts, since there is
 *     no log-in yet
 * @param port port to listen on; 0 takes any free one
 * @param jdbcUrl PostgreSQL, for example {@code jdbc:postgresql://host:5432/tidegate}
 * @param user database user; may create a schema
 * @param password that user's password; may be empty
 * @param bootstrapServers Kafka's brokers
 * @param registry where the schemas of [alerts] are
 * @param clock tells ages and which day is today
 */
public record ConsoleSettings(
    String host,
    int port,
    String jdbcUrl,
    String user,
    String password,
    String bootstrapServers,
    SchemaRegistry registry,
    InstantSource clock) {
  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if it is no port
   */
  public ConsoleSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /** Address and servers; no password. */
  @Override
  public String toString() {
    return "ConsoleSettings["
        + host
        + ":"
        + port
        + ", "
        + jdbcUrl
        + " as "
        + user
        + ", kafka "
        + bootstrapServers
        + "]";
  }
}
