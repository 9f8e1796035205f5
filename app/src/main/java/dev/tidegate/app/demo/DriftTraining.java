package dev.tidegate.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.retrain.RetrainDesk;
import dev.tidegate.retrain.card.ModelCard;
import dev.tidegate.retrain.launch.Launcher;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** From a request to a release that passed its gates, and to a challenger that did not. */
final class DriftTraining {
  private static final int MOST_RUNS = 6;
  private static final int ID_DIGITS = 8;
  private static final int MORE_DAYS = 8;

  /** Days of the new fraud whose outcome a challenger on stale labels may know. */
  private static final double STALE_DAYS = 3.5;

  private final DriftWatch watch;
  private final Seen seen;
  private final Story story;
  private final DriftPlan plan;
  private final Whereabouts where;
  private final DriftDemo.DriftRequest request;

  DriftTraining(DriftWatch watch, Whereabouts where, DriftDemo.DriftRequest request) {
    this.watch = watch;
    this.seen = watch.seen();
    this.story = watch.story();
    this.plan = watch.plan();
    this.where = where;
    this.request = request;
  }

  /**
   * A release and the request that led to it.
   *
   * @param cutMs labels known by then were used
   * @param release its name
   * @param folder where it stands
   */
  record Made(long cutMs, String release, Path folder) {}

  /** Waits for requests of the monitors until one has led to a release. */
  Made untilMade() {
    story.begin("The loop answers: a request, one training job, gates");
    Set<String> over = new HashSet<>();
    for (int i = 0; i < MOST_RUNS; i++) {
      RetrainRequest asked =
          watch.until(
              "a retrain request",
              () ->
                  seen.request(
                      one ->
                          one.getCause().equals("concept-drift") && over.add(one.getRequestId())));
      story.came("retrain request", words(asked));
      story.tell("a training takes no days of a bank: its time stands still meanwhile");
      watch.hold(true);
      RetrainRun run = end(asked);
      watch.hold(false);
      String release = run.getRelease();
      if (run.getState() == RunState.SUCCEEDED && release != null) {
        Path folder = request.data().resolve("releases").resolve(release);
        gates(folder);
        watch.paceNoMore();
        story.came("gates passed", release + ", with its card");
        return new Made(asked.getCutMs(), release, folder);
      }
      DriftSteps.require(
          run.getState() == RunState.REFUSED, "the training failed: " + run.getDetail());
      story.tell(run.getDetail());
      story.tell(
          "too little of the new fraud had an outcome; the drift lasts, and the next"
              + " request comes after the cooldown");
      if (i + 1 < MOST_RUNS) {
        liveOn(asked);
      }
    }
    throw new DemoFailed("none of " + MOST_RUNS + " trainings gave a release");
  }

  /** Days in which more of the new fraud gets an outcome; then time stands still again. */
  private void liveOn(RetrainRequest asked) {
    watch.untilTime("more outcomes", asked.getCutMs() + Duration.ofDays(MORE_DAYS).toMillis());
    watch.hold(true);
    Instant end = Instant.ofEpochMilli(asked.getRequestedAtMs()).plus(plan.pace().cooldown());
    Instant unused =
        watch.until(
            "the cooldown's end", () -> WallClock.INSTANCE.instant().isAfter(end) ? end : null);
    watch.hold(false);
  }

  private String words(RetrainRequest asked) {
    return DriftSteps.text(
        "%s for %s by %s, labels known by day %.1f",
        asked.getRequestId().substring(0, ID_DIGITS),
        asked.getCause(),
        asked.getRequestedBy(),
        plan.day(asked.getCutMs()));
  }

  private RetrainRun end(RetrainRequest asked) {
    String[] told = {""};
    return watch.until(
        "the end of the training",
        () -> {
          RetrainRun run = seen.run(asked.getRequestId());
          if (run != null && !Launcher.over(run.getState()) && !run.getDetail().equals(told[0])) {
            told[0] = run.getDetail();
            story.tell(run.getState().toString().toLowerCase(Locale.ROOT) + ": " + run.getDetail());
          }
          return run != null && Launcher.over(run.getState()) ? run : null;
        });
  }

  private void gates(Path folder) {
    try {
      JsonNode card = new JsonMapper().readTree(folder.resolve(ModelCard.JSON_FILE).toFile());
      JsonNode gates = card.path("gates");
      story.tell(
          DriftSteps.text(
              "on %,d later payments, %d of them fraud:",
              gates.path("rows").asLong(), gates.path("frauds").asLong()));
      gates.path("checks").forEach(check -> story.tell("  " + check.path("sentence").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A person asks for a training on labels that are stale. */
  RetrainRequest askStale() {
    Duration days = Duration.ofMinutes(Math.round(STALE_DAYS * Duration.ofDays(1).toMinutes()));
    long cutMs =
        plan.dayMs(plan.change().giftCardsFrom()) + DriftPlan.LABEL_DELAY.plus(days).toMillis();
    story.begin(
        DriftSteps.text(
            "A bad challenger: %s asks for a training on stale labels, those known by day %.1f",
            request.promotes(), plan.day(cutMs)));
    RetrainRequest asked =
        new RetrainDesk(where, WallClock.INSTANCE)
            .ask(
                DriftChampion.MODEL,
                new RetrainDesk.Wish(request.promotes(), "To see it refused.", cutMs));
    story.came("a person's request", words(asked) + ", against " + asked.getRelease());
    return asked;
  }

  /** Waits until the gates have refused it. */
  void refuse(RetrainRequest asked, String champion, ReleaseSteps steps) {
    RetrainRun run = end(asked);
    DriftSteps.require(
        run.getState() == RunState.REFUSED,
        "a challenger that had learned from stale labels was not refused: " + run.getDetail());
    DriftSteps.require(
        steps.standing().roles().champion().equals(champion),
        "a refused challenger changed the champion");
    story.came("bad challenger refused", run.getDetail() + "; champion untouched");
  }
}
