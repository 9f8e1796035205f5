package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.scoring.decide.CanaryShare;
import dev.tidegate.scoring.decide.Lineup;
import dev.tidegate.scoring.decide.ReleaseScorer;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseSource;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * [models] to the lineup that decides. Reads the whole topic at start, then what comes, between
 * batches. A release is fetched, verified, warmed and opened by a thread of its own while the
 * lineup before goes on; one that is refused is counted and logged with its reason, and its role
 * stays with whoever had it; one whose store fails is asked for again ({@link OpeningReleases}).
 * The champion before stays open, so that a rollback waits for nothing.
 *
 * <p>Not thread safe; belongs to the loop's thread.
 */
final class ServingReleases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServingReleases.class);

  // configuration
  private final LoadedRelease first;
  private final ScoringSettings settings;
  private final ReleaseSource source;
  private final InstantSource clock;
  private final BiConsumer<String, RuntimeException> onFailure;
  private final ControlTopic topic;
  private final EventCodec<ModelRelease> codec;

  // runtime
  private final ReleaseLine line;
  private final Map<String, OpenRelease> open = new HashMap<>();
  private final OpeningReleases opening;
  private ReleaseLine.@Nullable Roles atWork;
  private @Nullable Lineup lineup;
  private long refused;

  /**
   * Nothing is read or opened yet.
   *
   * @param consumer of no group, for this object alone
   * @param settings how models are called, and the registry
   * @param first champion until an event names another
   * @param clock times pauses of a model that is down
   * @param onFailure told the name of a release and what its model threw
   */
  ServingReleases(
      Consumer<byte[], byte[]> consumer,
      ScoringSettings settings,
      LoadedRelease first,
      ReleaseSource source,
      InstantSource clock,
      BiConsumer<String, RuntimeException> onFailure) {
    this.first = first;
    this.settings = settings;
    this.source = source;
    this.clock = clock;
    this.onFailure = onFailure;
    this.topic = new ControlTopic(Topics.MODELS, consumer, this::take);
    this.codec = EventCodec.of(Topics.MODELS, ModelRelease.class, settings.registry());
    String name = first.manifest().release();
    this.line =
        new ReleaseLine(
            first.manifest().model(), new ReleaseLine.Known(name, "", first.manifestSha256()));
    this.opening = new OpeningReleases("releases-" + name, this::open, clock, new Outcomes());
  }

  private OpenRelease open(ReleaseLine.Known known) {
    boolean own = known.release().equals(first.manifest().release());
    return new OpenRelease(own ? first : source.load(known), settings, clock, onFailure);
  }

  /** What came of releases that were asked for. */
  private final class Outcomes implements OpeningReleases.Taker {
    @Override
    public void opened(String release, OpenRelease found) {
      open.put(release, found);
    }

    @Override
    public void refused(String release, String why, int namings) {
      refuse(release, why);
      if (line.namings(release) == namings) { // else it was named anew and is tried again
        line.unusable(release);
      }
    }
  }

  /**
   * Opens the first release, which must go whatever events say, then reads all events that stand
   * and waits until who they name is at hand or refused. Where the store of one fails, the champion
   * before stands in, or else the first release, until it answers.
   *
   * @param goOn asked while it waits; false gives up early, and then there may be no lineup
   * @throws IllegalStateException if the topic does not exist
   */
  void start(BooleanSupplier goOn) {
    open.put(first.manifest().release(), new OpenRelease(first, settings, clock, onFailure));
    topic.readAll(goOn);
    settle();
    while (goOn.getAsBoolean() && !opening.isIdle()) {
      opening.waitForOne();
      settle();
    }
  }

  /**
   * Reads what has come since, takes what has been loaded, and waits for nothing.
   *
   * @return true if another lineup decides from now on
   */
  boolean refresh() {
    Lineup before = lineup;
    topic.readNew();
    settle();
    return !Objects.equals(lineup, before);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      apply(codec.decode(Objects.requireNonNull(record.value(), "no value")));
    } catch (RegistryException e) {
      throw new RegistryException("a release waits: " + e.getMessage(), e);
    } catch (RuntimeException e) { // damaged Avro shows as any unchecked exception
      refuse("record at offset " + record.offset() + " of [models]", "it is no release event");
    }
  }

  private void apply(ModelRelease event) {
    String step = event.getAction() + " of " + event.getRelease() + " by " + event.getBy();
    String refusal = line.apply(event);
    if (refusal == null) {
      LOG.info("{} is read", step);
    } else {
      refuse(step, refusal);
    }
  }

  private void refuse(String what, String why) {
    refused++;
    LOG.warn("{} is refused: {}", what, why);
  }

  /** Takes what was opened, asks for what is missing, and lines up who is there. */
  private void settle() {
    opening.collect();
    ReleaseLine.Roles roles = line.roles();
    opening.keepOnly(roles.needed());
    roles.needed().stream()
        .filter(release -> !open.containsKey(release))
        .forEach(
            release ->
                opening.want(Objects.requireNonNull(line.known(release)), line.namings(release)));
    ReleaseLine.Roles able = able(roles);
    if (able != null && !able.equals(atWork)) {
      lineUp(able);
    }
    closeAllBut(roles.needed());
  }

  /** The roles of those that are open; null while there is no champion yet. */
  private ReleaseLine.@Nullable Roles able(ReleaseLine.Roles roles) {
    String champion = champion(roles);
    if (champion == null) {
      return null;
    }
    String canary = roles.canary();
    boolean trial = canary != null && !canary.equals(champion) && open.containsKey(canary);
    return new ReleaseLine.Roles(
        champion,
        trial ? canary : null,
        trial ? roles.percent() : 0,
        beside(roles, champion),
        null);
  }

  /** Who is champion of those that are open; null while a start waits for one on its way. */
  private @Nullable String champion(ReleaseLine.Roles roles) {
    if (open.containsKey(roles.champion())) {
      return roles.champion();
    }
    if (atWork != null) {
      return atWork.champion();
    }
    String previous = roles.previous();
    if (opening.isUnderWay(roles.champion())
        || (previous != null && opening.isUnderWay(previous))) {
      return null;
    }
    return previous != null && open.containsKey(previous) ? previous : first.manifest().release();
  }

  private List<String> beside(ReleaseLine.Roles roles, String champion) {
    return roles.shadows().stream()
        .filter(shadow -> open.containsKey(shadow) && !shadow.equals(champion))
        .toList();
  }

  private void lineUp(ReleaseLine.Roles roles) {
    String canary = roles.canary();
    lineup =
        new Lineup(
            scorer(roles.champion()),
            canary == null ? null : scorer(canary),
            canary == null ? CanaryShare.NONE : new CanaryShare(canary, roles.percent()),
            roles.shadows().stream().map(this::scorer).toList());
    atWork = roles;
    LOG.info(
        "champion {}, canary {} ({} %), shadows {}",
        roles.champion(), canary == null ? "none" : canary, roles.percent(), roles.shadows());
  }

  private ReleaseScorer scorer(String release) {
    return Objects.requireNonNull(open.get(release), release).scorer();
  }

  private void closeAllBut(Set<String> needed) {
    ReleaseLine.Roles working = atWork;
    for (String release : List.copyOf(open.keySet())) {
      boolean kept =
          working == null || needed.contains(release) || working.needed().contains(release);
      if (!kept) {
        Objects.requireNonNull(open.remove(release)).close();
      }
    }
  }

  /**
   * Who decides as of now.
   *
   * @throws IllegalStateException before {@link #start} has found a champion
   */
  Lineup lineup() {
    if (lineup == null) {
      throw new IllegalStateException("no release is at work");
    }
    return lineup;
  }

  /** Releases that decide: the champion, and the canary if there is one. */
  List<LoadedRelease> atWork() {
    Lineup now = lineup();
    return Stream.of(now.champion(), now.canary())
        .filter(Objects::nonNull)
        .map(scorer -> Objects.requireNonNull(open.get(scorer.manifest().release())).release())
        .toList();
  }

  /** The champion at work. */
  OpenRelease champion() {
    return Objects.requireNonNull(open.get(lineup().champion().manifest().release()));
  }

  /** Where the champion's model runs. */
  DeviceUse device() {
    return champion().device();
  }

  /** Events and releases refused since this was called last. */
  long takeRefused() {
    long taken = refused;
    refused = 0;
    return taken;
  }

  /** True if no release is on its way. */
  boolean isIdle() {
    return opening.isIdle();
  }

  /** Times a store failed since this was called last. */
  long takeRetries() {
    return opening.takeRetries();
  }

  @Override
  public void close() {
    opening.close();
    open.values().forEach(OpenRelease::close);
    open.clear();
    topic.close();
  }
}
