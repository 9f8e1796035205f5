package dev.tidegate.app.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.app.topics.MinedCases;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.mine.AccountFinding;
import dev.tidegate.graphaml.mine.MinePipeline;
import dev.tidegate.graphaml.mine.MineSettings;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The heavier searches over an archive or a file: features of accounts to {@code accounts.parquet},
 * cases to {@code cases.ndjson} and, where a broker is named, to [pattern-alerts].
 */
public final class Mining {
  /** Features of accounts by slice. */
  public static final String ACCOUNTS = "accounts.parquet";

  /** Cases, one JSON object a line, the best first. */
  public static final String CASES = "cases.ndjson";

  private static final int PARALLELISM = 2;

  private Mining() {}

  /**
   * What was asked for.
   *
   * @param source where payments come from
   * @param graph rates of currencies
   * @param settings what is looked for
   * @param out folder for the results
   * @param publisher where cases go as well; null for nowhere
   */
  public record Request(
      MiningSource source,
      GraphConfig graph,
      MineSettings settings,
      Path out,
      @Nullable MinedCases publisher) {}

  /**
   * What was found.
   *
   * @param payments payments that were read
   * @param seconds how long the job took
   * @param accounts lines of the table of accounts: one an account and slice
   * @param slices slices with payments
   * @param communities communities of two accounts or more
   * @param slicesCut slices in which the search for bicliques ran out of steps
   * @param sent cases that were sent to [pattern-alerts]; those that stood there are not sent again
   * @param cases the cases, the best of each search first
   * @param labels how the cases meet the labels; null where there are none
   */
  public record Outcome(
      long payments,
      double seconds,
      long accounts,
      long slices,
      long communities,
      long slicesCut,
      long sent,
      List<PatternAlert> cases,
      @Nullable Map<MinedSearch, MinedLabels> labels) {
    /** Counts and how cases meet labels, without the cases, as one JSON object. */
    public String json() throws JsonProcessingException {
      JsonMapper mapper = new JsonMapper();
      return mapper
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(
              mapper
                  .createObjectNode()
                  .put("payments", payments)
                  .put("seconds", seconds)
                  .put("accounts", accounts)
                  .put("slices", slices)
                  .put("communities", communities)
                  .put("slicesCut", slicesCut)
                  .put("cases", cases.size())
                  .put("sent", sent)
                  .set("labels", mapper.valueToTree(labels)));
    }
  }

  /** Mines. */
  public static Outcome run(Request request, Terminal terminal) throws Exception {
    try (WorkFolder work = WorkFolder.inside(request.out)) {
      MiningSource.Payments payments = request.source.read(work, terminal);
      terminal.begin("searching", 0);
      long begunNanos = WallClock.nanos();
      MinePipeline.run(
          request.graph,
          request.settings,
          payments.file(),
          new MinePipeline.Outputs(work.path("cases"), work.path("accounts"), work.path("cut")),
          PARALLELISM);
      double seconds = Duration.ofNanos(WallClock.nanos() - begunNanos).toMillis() / 1000.0;
      terminal.at(payments.count());
      terminal.end();
      List<PatternAlert> cases = cases(work.path("cases"));
      Files.write(
          request.out.resolve(CASES),
          cases.stream().map(PatternAlert::toString).toList(),
          StandardCharsets.UTF_8);
      long[] counts = accounts(work.path("accounts"), request.out.resolve(ACCOUNTS));
      long sent = request.publisher == null ? 0 : request.publisher.publish(cases);
      long cut = lines(work.path("cut"));
      if (cut > 0) {
        terminal.say(
            "tidegate: in "
                + Figures.count(cut)
                + " slices the search for bicliques ran out of steps; see 'steps' in the settings");
      }
      return new Outcome(
          payments.count(),
          seconds,
          counts[0],
          counts[1],
          counts[2],
          cut,
          sent,
          cases,
          labels(cases, payments));
    }
  }

  private static @Nullable Map<MinedSearch, MinedLabels> labels(
      List<PatternAlert> cases, MiningSource.Payments payments) throws IOException {
    if (payments.laundering().isEmpty()) {
      return null;
    }
    LabelledAccounts accounts = LabelledAccounts.read(payments.file(), payments.laundering());
    Map<MinedSearch, MinedLabels> found = new EnumMap<>(MinedSearch.class);
    for (MinedSearch search : MinedSearch.values()) {
      List<PatternAlert> of =
          cases.stream()
              .filter(one -> one.getMined() != null && one.getMined().getSearch() == search)
              .toList();
      if (!of.isEmpty()) {
        found.put(search, accounts.meet(of));
      }
    }
    return found;
  }

  private static List<PatternAlert> cases(Path folder) throws IOException {
    List<PatternAlert> cases = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return cases;
    }
    try (EventFile.Reader<PatternAlert> reader = EventFile.read(folder, PatternAlert.class)) {
      for (PatternAlert next = reader.next(); next != null; next = reader.next()) {
        cases.add(next);
      }
    }
    return cases;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(
              file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static long lines(Path folder) throws IOException {
    long lines = 0;
    for (Path file : files(folder)) {
      try (Stream<String> all = Files.lines(file)) {
        lines += all.count();
      }
    }
    return lines;
  }

  /** Writes the table of accounts; its lines, slices and communities of two or more. */
  private static long[] accounts(Path folder, Path to) throws SQLException, IOException {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      return new long[3];
    }
    String list =
        files.stream()
            .map(file -> EventRows.quoted(file.toString()))
            .collect(Collectors.joining(", ", "[", "]"));
    String names =
        Stream.of(AccountFinding.HEADER.split(",", -1))
            .map(name -> EventRows.quoted(name) + ": " + EventRows.quoted(type(name)))
            .collect(Collectors.joining(", ", "{", "}"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "CREATE TABLE found AS SELECT * FROM read_csv("
              + list
              + ", header = false, delim = ',', quote = '\"', escape = '\"', columns = "
              + names
              + ")");
      statement.execute(
          "COPY (SELECT * FROM found ORDER BY slice_from, account) TO "
              + EventRows.quoted(to.toString())
              + " (FORMAT parquet, COMPRESSION zstd)");
      try (ResultSet counts =
          statement.executeQuery(
              "SELECT count(*), count(DISTINCT slice_from), count(DISTINCT CASE WHEN"
                  + " community_size > 1 THEN (slice_from, community) END) FROM found")) {
        counts.next();
        return new long[] {counts.getLong(1), counts.getLong(2), counts.getLong(3)};
      }
    }
  }

  private static String type(String column) {
    return switch (column) {
      case "slice_from" -> "TIMESTAMP";
      case "flow_part", "biclique_side", "community_size" -> "INTEGER";
      case "flow_score", "biclique_score", "community_inside" -> "DOUBLE";
      default -> "VARCHAR";
    };
  }
}
