package dev.tidegate.app.retrain;

import dev.tidegate.app.stage.Addresses;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.app.topics.TopicsReader;
import dev.tidegate.retrain.request.ChampionLine;
import dev.tidegate.retrain.request.InCharge;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says which release is in charge, now and whenever that changes. Thread safe. */
final class Champions implements AutoCloseable {
  private final ChampionLine line;
  private final Consumer<ReleaseLine.Known> listener;
  private final List<ModelRelease> early = new ArrayList<>();
  private final TopicsReader reader;
  private boolean begun;
  private @Nullable String told;

  /**
   * Follows [models]; tells the listener the release in charge before it returns, and later ones
   * from a thread of its own.
   */
  Champions(
      Addresses servers,
      InCharge first,
      ReleaseLine.Known known,
      Consumer<ReleaseLine.Known> told) {
    line = new ChampionLine(first, known);
    listener = told;
    // Before what stands is read, so that nothing falls between; a step taken twice is one step.
    reader =
        TopicsReader.fromEnd(
            servers.bootstrapServers(),
            new TopicsReader.Takers(servers.registry())
                .on(Topics.MODELS, ModelRelease.class, this::stepped));
    begin(
        new ControlEvents(servers.bootstrapServers(), servers.registryUrl())
            .all(Topics.MODELS, ModelRelease.class));
  }

  private synchronized void begin(List<ModelRelease> standing) {
    standing.forEach(line::apply);
    early.forEach(line::apply);
    begun = true;
    tell();
  }

  private synchronized void stepped(ModelRelease step) {
    if (begun) {
      line.apply(step);
      tell();
    } else {
      early.add(step);
    }
  }

  private void tell() {
    ReleaseLine.Known champion = line.known();
    if (!champion.release().equals(told)) {
      told = champion.release();
      listener.accept(champion);
    }
  }

  /** What is known of a release at hand. */
  static InCharge inCharge(LoadedRelease release) {
    return new InCharge(
        release.manifest().model(),
        release.manifest().release(),
        release.manifestSha256(),
        release.manifest().featureDigest());
  }

  /** Where a release at hand is. */
  static ReleaseLine.Known known(LoadedRelease release, Path folder) {
    return new ReleaseLine.Known(
        release.manifest().release(), folder.toString(), release.manifestSha256());
  }

  @Override
  public void close() {
    reader.close();
  }
}
