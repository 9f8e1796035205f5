package dev.tidegate.app.models;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Refused;
import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform listens and what its scorers were started with. {@code up} leaves it in its data
 * directory while it runs.
 *
 * @param kafka bootstrap servers
 * @param registry URL of the schema registry
 * @param release folder, or s3:// address, of the release that is champion until an event names
 *     another
 * @param twoPeople whether a promotion needs another person's approval; null for yes
 */
public record Whereabouts(
    String kafka, String registry, String release, @Nullable Boolean twoPeople) {
  private static final String FILE = "running.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** True if a promotion needs another person's approval. */
  @JsonIgnore
  boolean needsTwoPeople() {
    return twoPeople == null || twoPeople;
  }

  /** Control actions on it, with their audit. */
  public AuditedActions actions(InstantSource clock) {
    return new AuditedActions(kafka, registry, clock);
  }

  /** Its schemas. */
  public SchemaRegistry schemas() {
    return new ConfluentRegistry(registry);
  }

  /** Its control events. */
  public ControlEvents events() {
    return new ControlEvents(kafka, registry);
  }

  /** Leaves it for other commands. */
  public void write(Path data) {
    try {
      Files.write(
          data.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes it away: nothing listens any more. */
  public static void clear(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Of the platform that runs on a data directory.
   *
   * @throws Refused if none does
   */
  public static Whereabouts of(Path data) {
    try {
      return JSON.readValue(Files.readAllBytes(data.resolve(FILE)), Whereabouts.class);
    } catch (NoSuchFileException e) {
      throw new Refused(
          "no platform runs on "
              + data
              + "; start one with 'tidegate up', or name its --kafka, --registry and --champion");
    } catch (JsonProcessingException e) {
      throw new Refused(data.resolve(FILE) + " is damaged; start 'tidegate up' anew");
    } catch (IOException e) {
      throw new Refused(data.resolve(FILE) + " cannot be read: " + e.getMessage());
    }
  }
}
