package dev.tidegate.console;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.store.AlertDatabase;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.time.WallClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL server; each database asked for is a new, empty one. */
public final class TestDatabase implements AutoCloseable {
  /** Where no broker listens: the intake keeps trying, all else works. */
  public static final String NO_BROKER = "127.0.0.1:1";

  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final EmbeddedPostgres server;
  private int databases;

  public TestDatabase() {
    try {
      server = EmbeddedPostgres.builder().setPGStartupWait(START_LIMIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address of a new database. */
  public String create() {
    String name = "console" + ++databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /** The database at an address, with the console's tables. */
  public static HikariDataSource open(String jdbcUrl) {
    return AlertDatabase.open(jdbcUrl, "postgres", "");
  }

  /** Settings of a console on any free port that reads no log. */
  public static ConsoleSettings settings(String jdbcUrl) {
    return settings(jdbcUrl, 0);
  }

  /** Settings of a console that reads no log. */
  public static ConsoleSettings settings(String jdbcUrl, int port) {
    return new ConsoleSettings(
        "127.0.0.1",
        port,
        jdbcUrl,
        "postgres",
        "",
        NO_BROKER,
        new InMemoryRegistry(),
        WallClock.INSTANCE);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
