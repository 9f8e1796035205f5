package dev.tidegate.app.k8s;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * A real PostgreSQL server with a database for each stage that has one, owned by a user of the same
 * name who has to give a password. pg_dump refuses a server that is newer than itself, so with an
 * older one than the platform's the server is of version 15.
 */
final class DumpedServer implements Closeable {
  /** Of the user of each database. */
  static final String PASSWORD = "secret-of-the-test";

  private static final int PLATFORM = 18;
  private static final int OLDER = 15;
  private static final Pattern VERSION = Pattern.compile(".*\\(PostgreSQL\\) (\\d+).*");

  private final EmbeddedPostgres server;

  private DumpedServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Major version of a program of PostgreSQL on this machine; empty where it is not found. */
  static Optional<Integer> version(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(said.strip());
      return version.matches() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** True if there is a server here that a pg_dump of this version reads. */
  static boolean isReadBy(int tools) {
    boolean packed =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return tools >= PLATFORM || (tools >= OLDER && packed);
  }

  /** Starts with empty databases. */
  static DumpedServer startFor(int tools, List<String> stages) throws IOException, SQLException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(1))
            .setServerConfig("unix_socket_directories", "");
    if (tools < PLATFORM) {
      builder.setPgBinaryResolver((system, machine) -> olderServer());
    }
    DumpedServer started = new DumpedServer(builder.start());
    try {
      started.users(stages);
      for (String stage : stages) {
        started.makeEmpty(stage);
      }
      return started;
    } catch (IOException | SQLException e) {
      started.close();
      throw e;
    }
  }

  /** As the class path's are packed, but beside it: two versions do not go there together. */
  private static InputStream olderServer() throws IOException {
    Path file =
        Path.of(System.getProperty("tidegate.home"), "app/target/postgres/older-server.jar");
    try (JarFile jar = new JarFile(file.toFile())) {
      ZipEntry binaries =
          jar.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new FileNotFoundException("no binaries in " + file));
      Path copy = Files.createTempFile("postgres", ".txz");
      copy.toFile().deleteOnExit();
      try (InputStream packed = jar.getInputStream(binaries)) {
        Files.write(copy, packed.readAllBytes());
      }
      return Files.newInputStream(copy);
    }
  }

  private void users(List<String> stages) throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      StringBuilder rules = new StringBuilder();
      for (String stage : stages) {
        statement.execute("create role " + stage + " login password '" + PASSWORD + "'");
        rules.append("host all ").append(stage).append(" all scram-sha-256\n");
      }
      Path file;
      try (ResultSet row = statement.executeQuery("show hba_file")) {
        row.next();
        file = Path.of(row.getString(1));
      }
      Files.writeString(file, rules + Files.readString(file));
      statement.execute("select pg_reload_conf()");
    }
  }

  /** A database with nothing in it, in the place of one that was. */
  void makeEmpty(String stage) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + stage + " with (force)");
      statement.execute("create database " + stage + " owner " + stage);
    }
  }

  /** Address for JDBC; STAGE may stand for a stage's word. */
  String address(String stage) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + stage + "?sslmode=disable";
  }

  /** As a stage connects. */
  Connection connect(String stage) throws SQLException {
    return DriverManager.getConnection(address(stage), stage, PASSWORD);
  }

  /**
   * All that a database holds: rows of each table in their order as text, and beside them columns,
   * indexes, constraints and where sequences stand.
   */
  Map<String, List<String>> content(String stage) throws SQLException {
    Map<String, List<String>> content = new TreeMap<>();
    try (Connection connection = connect(stage)) {
      List<String> tables =
          rows(
              connection,
              "select format('%I.%I', schemaname, tablename) from pg_tables"
                  + " where schemaname not in ('pg_catalog', 'information_schema') order by 1");
      for (String table : tables) {
        content.put(table, rows(connection, "select t::text from " + table + " t order by 1"));
      }
      content.put(
          "columns",
          rows(
              connection,
              "select c::text from (select table_schema, table_name, column_name, data_type,"
                  + " is_nullable, column_default, is_identity from information_schema.columns"
                  + " where table_schema not in ('pg_catalog', 'information_schema')) c"
                  + " order by 1"));
      content.put(
          "indexes",
          rows(
              connection,
              "select indexdef from pg_indexes where schemaname not in ('pg_catalog') order by 1"));
      content.put(
          "constraints",
          rows(
              connection,
              "select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid)"
                  + " from pg_constraint where conrelid > 0 order by 1"));
      content.put(
          "sequences",
          rows(
              connection,
              "select format('%I.%I %s', schemaname, sequencename, last_value)"
                  + " from pg_sequences order by 1"));
    }
    return content;
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
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
