package dev.tidegate.app.retrain;

import dev.tidegate.app.Refused;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.retrain.request.Cause;
import dev.tidegate.retrain.request.CausedRequest;
import dev.tidegate.retrain.request.ChampionLine;
import dev.tidegate.retrain.request.InCharge;
import dev.tidegate.retrain.request.KafkaLogEnds;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.store.ReleasePlaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and runs of a running platform, for commands. */
public final class RetrainDesk {
  private final Whereabouts platform;
  private final ControlEvents events;
  private final InstantSource clock;

  /** At a platform; the clock stamps requests. */
  public RetrainDesk(Whereabouts platform, InstantSource clock) {
    this.platform = platform;
    this.events = platform.events();
    this.clock = clock;
  }

  /**
   * A request and what became of it.
   *
   * @param request the request
   * @param run the newest state of its run; null if nobody has taken the request yet
   */
  public record Entry(RetrainRequest request, @Nullable RetrainRun run) {}

  /** All requests, the earliest first; one that was written twice stands once. */
  public List<Entry> entries() {
    Map<String, RetrainRun> runs = new LinkedHashMap<>();
    for (RetrainRun run : events.all(Topics.RETRAIN_RUNS, RetrainRun.class)) {
      runs.put(run.getRequestId(), run);
    }
    Map<String, RetrainRequest> requests = new LinkedHashMap<>();
    for (RetrainRequest request : events.all(Topics.RETRAIN_REQUESTS, RetrainRequest.class)) {
      requests.putIfAbsent(request.getRequestId(), request);
    }
    return requests.values().stream()
        .sorted(Comparator.comparingLong(RetrainRequest::getRequestedAtMs))
        .map(request -> new Entry(request, runs.get(request.getRequestId())))
        .toList();
  }

  /**
   * What a person asks for.
   *
   * @param by who asks
   * @param why why
   * @param cutMs labels known by then count; null for all that are known now
   */
  public record Wish(String by, String why, @Nullable Long cutMs) {}

  /**
   * Asks for a training.
   *
   * @param model model to train
   * @param wish who asks, and for what
   * @return the request, acknowledged by Kafka
   * @throws Refused if the platform scores by another model
   */
  public RetrainRequest ask(String model, Wish wish) {
    InCharge inCharge = inCharge();
    if (!inCharge.model().equals(model)) {
      throw new Refused(
          "the platform scores by model " + inCharge.model() + "; there is no model " + model);
    }
    long now = clock.millis();
    RetrainRequest caused =
        CausedRequest.of(
            Cause.person(wish.by, wish.why, now),
            inCharge,
            new KafkaLogEnds(platform.kafka(), new ConfluentRegistry(platform.registry())).now(),
            now);
    RetrainRequest request =
        wish.cutMs == null
            ? caused
            : RetrainRequest.newBuilder(caused).setCutMs(wish.cutMs).build();
    events.send(
        Topics.RETRAIN_REQUESTS,
        RetrainRequest.class,
        List.of(new ControlEvents.Keyed<>(model, request)));
    return request;
  }

  private InCharge inCharge() {
    Path folder;
    LoadedRelease first;
    try {
      folder = ReleasePlaces.folder(platform.release());
      first = ReleaseStore.load(folder);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
    ChampionLine line = new ChampionLine(Champions.inCharge(first), Champions.known(first, folder));
    events.all(Topics.MODELS, ModelRelease.class).forEach(line::apply);
    return line.inCharge();
  }
}
