package dev.tidegate.console.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Brings the database to this version's tables: numbered SQL files from the class path, each
 * applied once, in order, in one transaction with its number. Consoles that start together wait for
 * one another. A database that a newer version has changed is refused.
 */
final class Migrations {
  /** Schema of the database that holds the console's tables. */
  static final String SCHEMA = "console";

  /** Files in order; the first has number 1. Append only. */
  private static final List<String> FILES =
      List.of(
          "V001__alerts.sql",
          "V002__alert_reasons.sql",
          "V003__pattern_alerts.sql",
          "V004__entity_links.sql");

  /** Any number: names the lock that consoles which start together wait for. */
  private static final long LOCK = 7_468_001L;

  private Migrations() {}

  /** The version that this console makes. */
  static int newest() {
    return FILES.size();
  }

  /**
   * Applies what is missing.
   *
   * @throws StoreException if the database is newer than this console, or refuses a statement
   */
  static void apply(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute("create schema if not exists " + SCHEMA);
      statement.execute("set local search_path to " + SCHEMA);
      statement.execute("create table if not exists migration (version integer primary key)");
      int done = versionOf(statement);
      if (done > FILES.size()) {
        throw new StoreException(
            "the database is at version "
                + done
                + ", this console knows "
                + FILES.size()
                + ": start a newer console");
      }
      for (int version = done + 1; version <= FILES.size(); version++) {
        statement.execute(read(FILES.get(version - 1)));
        record(connection, version);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException("the console's tables could not be made", e);
    }
  }

  private static int versionOf(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select coalesce(max(version), 0) from migration")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void record(Connection connection, int version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into migration values (?)")) {
      insert.setInt(1, version);
      insert.executeUpdate();
    }
  }

  private static String read(String file) {
    try (InputStream in = Migrations.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
