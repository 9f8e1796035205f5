package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas and the codec against the real registry. */
final class RegistryContractIT {
  @TempDir static Path temporary;

  private static EmbeddedRegistry server;
  private static ConfluentRegistry registry;

  @BeforeAll
  static void startRegistry() {
    server = EmbeddedRegistry.start(temporary, temporary, 0, false);
    registry = new ConfluentRegistry(server.url());
  }

  @AfterAll
  static void stopRegistry() {
    server.close();
  }

  @Test
  void shouldHoldEverySubjectUnderFullTransitiveCompatibility() {
    assertThat(registry.compatibility()).isEqualTo("FULL_TRANSITIVE");
    assertThat(registry.versionsBySubject().keySet())
        .containsAll(Arrays.stream(Topics.values()).map(Topics::subject).toList());
  }

  @Test
  void shouldMapTheArchiveOfItsClassesThatTheBuildWrote() throws IOException {
    List<String> options = RegistryArchive.options(EmbeddedRegistry.runnerJar());
    Path maps = Path.of("/proc", Long.toString(server.pid()), "maps");
    assumeThat(options).as("an archive").isNotEmpty();
    assumeThat(maps).as("Linux").exists();

    assertThat(Files.readString(maps)).contains(options.get(0).replaceFirst(".*=", ""));
  }

  @Test
  void shouldStartFromItsJarsWhereTheArchiveIsDamaged(@TempDir Path folder) throws IOException {
    Path damaged = Files.writeString(folder.resolve("damaged.jsa"), "no archive");
    EmbeddedRegistry.Places places = new EmbeddedRegistry.Places(folder, folder);
    try (EmbeddedRegistry other =
        EmbeddedRegistry.start(places, 0, false, List.of("-XX:SharedArchiveFile=" + damaged))) {
      assertThat(new ConfluentRegistry(other.url()).compatibility()).isEqualTo("FULL_TRANSITIVE");
    }
  }

  @Test
  void shouldTakeACompatibleChange() {
    String extended =
        Label.getClassSchema()
            .toString()
            .replaceFirst(
                "\"fields\":\\[",
                "\"fields\":[{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null},");

    int id = registry.register(Topics.LABELS.subject(), extended);

    assertThat(registry.schemaById(id)).contains("\"note\"");
    assertThat(registry.versionsBySubject()).containsEntry(Topics.LABELS.subject(), 2);
  }

  /** A subject that holds only compatible schemas takes the one of before in either order. */
  @Test
  void shouldTakeVectorsOfBeforeTheyHadSequences() {
    Schema now = FeatureVector.getClassSchema();
    List<Schema.Field> fields =
        now.getFields().stream()
            .filter(field -> !field.name().equals("sequences"))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    Schema before = Schema.createRecord(now.getName(), "", now.getNamespace(), false, fields);
    assertThat(fields).hasSize(now.getFields().size() - 1);

    int id = registry.register(Topics.FEATURES.subject(), before.toString());

    assertThat(registry.schemaById(id)).doesNotContain("sequences");
    assertThat(registry.versionsBySubject()).containsEntry(Topics.FEATURES.subject(), 2);
  }

  @Test
  void shouldRefuseAFieldWithoutDefault() {
    String broken =
        Label.getClassSchema()
            .toString()
            .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"must\",\"type\":\"long\"},");

    assertThatThrownBy(() -> registry.register(Topics.LABELS.subject(), broken))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(Topics.LABELS.subject());
  }

  @Test
  void shouldRefuseAChangedType() {
    String broken =
        Label.getClassSchema()
            .toString()
            .replace(
                "{\"name\":\"fraud\",\"type\":\"boolean\"",
                "{\"name\":\"fraud\",\"type\":\"string\"");

    assertThat(broken).isNotEqualTo(Label.getClassSchema().toString());
    assertThatThrownBy(() -> registry.register(Topics.LABELS.subject(), broken))
        .isInstanceOf(RegistryException.class);
  }

  @Test
  void shouldReadThroughIdsOfTheRegistry() {
    byte[] bytes = EventCodec.of(Topics.LABELS, Label.class, registry).encode(Workload.label(1));

    assertThat(
            EventCodec.of(Topics.LABELS, Label.class, new ConfluentRegistry(server.url()))
                .decode(bytes))
        .isEqualTo(Workload.label(1));
  }
}
