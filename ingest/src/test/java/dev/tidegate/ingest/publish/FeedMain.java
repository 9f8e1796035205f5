package dev.tidegate.ingest.publish;

import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.Doors;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificData;

/** A feed in a process of its own, to be killed: broker, file, positions, rate. */
final class FeedMain {
  static final Profile PROFILE =
      Profiles.parse(
          """
          fields: {transactionId: id, time: t, amount: a, currency: {value: EUR}, payerAccount: p}
          label: {column: f, positive: ["1"], negative: ["0"]}
          """,
          "bank");

  private FeedMain() {}

  /** The same numbers in every process. */
  static SchemaRegistry registry() {
    InMemoryRegistry registry = new InMemoryRegistry();
    for (Topics topic : Topics.values()) {
      registry.register(topic.subject(), SpecificData.get().getSchema(topic.value()).toString());
    }
    return registry;
  }

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    FeedSettings settings =
        new FeedSettings(
            Double.parseDouble(args[3]),
            false,
            Duration.ofMillis(50),
            Duration.ofMillis(150),
            0,
            Path.of(args[2]));
    KafkaDoor.Target target =
        new KafkaDoor.Target(Map.of("bootstrap.servers", args[0]), registry());
    try (CsvDoor door = CsvDoor.open(file, PROFILE, Doors.settings());
        KafkaDoor feed =
            KafkaDoor.connect(
                door,
                target,
                SourceFingerprint.of(file, PROFILE, Doors.KEY),
                settings,
                Backlog.NONE)) {
      FeedProgress end = feed.run();
      System.out.println("resumed at " + end.resumedAt() + ", results " + end.results());
    }
  }
}
