package dev.tidegate.app.command;

import dev.tidegate.app.Refused;
import dev.tidegate.app.config.CardTokenKey;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.app.topics.SightingFeed;
import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.sighting.SightingFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate graph sightings}. */
@Command(
    name = "sightings",
    description = {
      "Send what a bank knows of its customers to the entity links: a CSV file of",
      "member,kind,value,seen_at. Kinds: document, phone, email, address, device, ip, beneficiary.",
      "The first four leave as keyed tokens, the others as payments have them.",
      "Exit code 1 if lines could not be read; the others are sent."
    },
    footer = {
      "",
      "Example:  tidegate graph sightings customers.csv",
      "What comes of it: docs/concepts/entity-links.md."
    })
public final class GraphSightingsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The sightings; plain, gzip, zstd or zip.")
  private Path file = Path.of("");

  @Mixin private PlatformOptions platform = new PlatformOptions();

  @Option(
      names = "--token-key",
      paramLabel = "FILE",
      description =
          "Key of the tokens, where TIDEGATE_TOKEN_KEY does not hold it. Default: token.key in the"
              + " data directory.")
  private @Nullable Path key;

  /** For picocli. */
  public GraphSightingsCommand() {}

  @Override
  public Integer call() throws Exception {
    Whereabouts places = platform.whereabouts();
    TokenKey tokens =
        CardTokenKey.resolve(
            System.getenv(), key == null ? platform.data().resolve("token.key") : key);
    Terminal terminal = common.terminal();
    try (SightingFile sightings = SightingFile.open(Inputs.existing(file), tokens)) {
      terminal.begin("sending " + file.getFileName(), 0);
      long sent = new SightingFeed(places.kafka(), places.registry()).send(sightings, terminal::at);
      terminal.end();
      common.out().printf(Locale.ROOT, "%s sightings sent%n", Figures.count(sent));
      new TreeMap<>(sightings.faults())
          .forEach(
              (fault, lines) ->
                  common
                      .out()
                      .printf(
                          Locale.ROOT,
                          "%s lines left out: %s, the first is line %d%n",
                          Figures.count(lines.count()),
                          fault.name().toLowerCase(Locale.ROOT),
                          lines.firstLine()));
      common.out().flush();
      return sightings.faults().isEmpty() ? 0 : 1;
    } catch (InputProblem e) {
      throw new Refused(e);
    }
  }
}
