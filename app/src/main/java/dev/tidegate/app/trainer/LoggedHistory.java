package dev.tidegate.app.trainer;

import dev.tidegate.app.offline.ArchivedEvents;
import dev.tidegate.app.offline.OffsetBounds;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.RetrainRequest;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What was logged up to a request's offsets: records of topics, and before them those of a history,
 * which keeps longer. A record of both counts once, by its payment.
 */
final class LoggedHistory {
  private final RunRequest run;
  private final RetrainRequest request;
  private final SchemaRegistry registry;
  private final Terminal terminal;

  LoggedHistory(RunRequest run, RetrainRequest request, Terminal terminal) {
    this.run = run;
    this.request = request;
    this.registry = new ConfluentRegistry(run.places().registry());
    this.terminal = terminal;
  }

  /** Labels known at a cut. */
  KnownLabels labels(long cutMs) throws Exception {
    KnownLabels labels = new KnownLabels(cutMs);
    OffsetBounds bounds = bounds(Topics.LABELS);
    terminal.begin("reading labels", 0);
    Path history = run.places().history();
    if (history != null) {
      try (ArchivedEvents archive = new ArchivedEvents(history)) {
        archive.eachLabel(bounds, labels::add);
      }
    }
    EventCodec<Label> codec = EventCodec.of(Topics.LABELS, Label.class, registry);
    TopicSlice.Read read =
        new TopicSlice(run.places().kafka(), Topics.LABELS)
            .each(bounds, value -> labels.add(codec.decode(value)));
    terminal.at(labels.size());
    terminal.end();
    warnOfGone(Topics.LABELS, read);
    if (labels.later() > 0) {
      terminal.say(
          "  " + Figures.count(labels.later()) + " labels were known after the cut: not used");
    }
    return labels;
  }

  /** Tells vectors, each payment's first one before its repetitions. */
  void vectors(String digest, LoggedRows rows) throws Exception {
    OffsetBounds bounds = bounds(Topics.FEATURES);
    terminal.begin("reading vectors", 0);
    Consumer<FeatureVector> taker =
        vector -> {
          rows.add(vector);
          terminal.at(rows.size());
        };
    Path history = run.places().history();
    if (history != null) {
      try (ArchivedEvents archive = new ArchivedEvents(history)) {
        archive.eachVector(digest, bounds, taker);
      }
    }
    EventCodec<FeatureVector> codec = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    TopicSlice.Read read =
        new TopicSlice(run.places().kafka(), Topics.FEATURES)
            .each(bounds, value -> taker.accept(codec.decode(value)));
    terminal.at(rows.size());
    terminal.end();
    warnOfGone(Topics.FEATURES, read);
  }

  private OffsetBounds bounds(Topics topic) {
    OffsetBounds bounds = OffsetBounds.of(topic, request.getOffsets());
    if (!bounds.bounded()) {
      terminal.say(
          "  the request names no end of ["
              + topic.topic()
              + "]: it is read to where it ends now, so a later run may train on more");
    }
    return bounds;
  }

  private void warnOfGone(Topics topic, TopicSlice.Read read) {
    if (read.gone() > 0 && run.places().history() == null) {
      terminal.say(
          "  warning: ["
              + topic.topic()
              + "] no longer keeps its first "
              + Figures.count(read.gone())
              + " records, which belong to the request; name a history by --history");
    }
  }
}
