package dev.tidegate.console;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.status.PlatformStatus;
import dev.tidegate.console.store.AlertBatch;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;

/**
 * A console over sample alerts, to look at while working on the page; ends with a line on stdin.
 */
public final class SampleConsole {
  private SampleConsole() {}

  /** Arguments: how many alerts (60). */
  public static void main(String[] args) throws IOException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    try (TestDatabase databases = new TestDatabase()) {
      String jdbcUrl = databases.create();
      SampleAlerts samples = new SampleAlerts(7, WallClock.INSTANCE.millis());
      try (HikariDataSource database = TestDatabase.open(jdbcUrl);
          Console console =
              Console.start(
                  TestDatabase.settings(jdbcUrl),
                  () -> new PlatformStatus("simulator", 1_204_911, 1_204_873, 12, 1840.4, 18.7))) {
        AlertStore store = new AlertStore(database);
        store.accept(AlertBatch.of(samples.take(count)));
        System.out.println(console.url());
        int number = count;
        while (System.in.read() == '\n') {
          store.accept(
              AlertBatch.of(
                  java.util.List.of(samples.alert(number++, WallClock.INSTANCE.millis()))));
        }
      }
    }
  }
}
