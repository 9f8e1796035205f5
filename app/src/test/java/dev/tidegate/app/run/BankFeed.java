package dev.tidegate.app.run;

import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.ingest.publish.FeedSettings;
import dev.tidegate.ingest.publish.KafkaDoor;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Lines of {@link BankFile} as payments on [transactions], at a pace at which a kill meets them in
 * the middle.
 *
 * @param bootstrapServers brokers
 * @param registryUrl the registry
 * @param folder where the files go
 */
public record BankFeed(String bootstrapServers, String registryUrl, Path folder) {
  private static final int RATE = 200;

  /**
   * Publishes; returns when all are in the log.
   *
   * @param name of the feed, another for each
   * @param lines a header and rows
   * @return payments
   */
  public long publish(String name, List<String> lines) {
    try {
      Path file = Files.write(folder.resolve(name + ".csv"), lines);
      TokenKey key = TokenKey.of("a-secret-of-this-test-alone".getBytes(StandardCharsets.UTF_8));
      KafkaDoor.Target target =
          new KafkaDoor.Target(
              Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
              new ConfluentRegistry(registryUrl));
      Path home = Path.of(System.getProperty("tidegate.home"));
      try (CsvDoor door =
              CsvDoor.open(
                  file,
                  Profiles.under(home).find("simulator"),
                  DoorSettings.of(key, WallClock.INSTANCE));
          KafkaDoor kafka =
              KafkaDoor.connect(
                  door, target, name, FeedSettings.replay().withRate(RATE), sent -> 0)) {
        return kafka.run().published();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
