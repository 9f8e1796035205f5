package dev.tidegate.app.offline;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.config.CardTokenKey;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.OfflineFeaturesJob;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.graphaml.OfflineGraphJob;
import dev.tidegate.graphaml.SignalSet;
import dev.tidegate.graphaml.config.AccountLists;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.lane.JoinedFiles;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorCounts;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.file.DataFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * A file's payments with their features and labels. Reads the whole file through the door and the
 * feature pipeline, so that windows are warm wherever the counted part begins. Holds one label a
 * payment in memory; payments and vectors lie in a work folder that {@link #close} removes.
 */
public final class FeatureRows implements AutoCloseable {
  private static final int PARALLELISM = 2;
  private static final String TRANSACTIONS = "transactions.avro";
  private static final String LABELS = "labels.avro";
  private static final String VECTORS = "vectors";
  private static final String GRAPH = "graph";
  private static final String JOINED = "joined";

  private final WorkFolder work;
  private final Map<String, Known> labels;
  private final long firstMs;
  private final long lastMs;
  private final String vectors;

  private FeatureRows(WorkFolder work, Reading reading, String vectors) {
    this.work = work;
    this.labels = reading.labels;
    this.firstMs = reading.firstMs;
    this.lastMs = reading.lastMs;
    this.vectors = vectors;
  }

  /** What is known of a payment: fraud or not, and of which kind. */
  private record Known(boolean fraud, @Nullable String kind) {
    static final Known LEGITIMATE = new Known(false, null);
  }

  /** Is told each labelled payment. */
  public interface Receiver {
    /**
     * One payment.
     *
     * @param vector its features
     * @param values the same as an array of its own, in the catalogue's order
     * @param fraud what it turned out to be
     * @param kind scenario or typology, or null
     */
    void row(FeatureVector vector, float[] values, boolean fraud, @Nullable String kind);
  }

  /**
   * Reads a file and computes its features.
   *
   * @param source the file and how to read it; its range of dates is the caller's to apply
   * @param catalogue the features
   * @param labelDelay from a payment to when its label is known; null for the profile's
   * @param terminal is told how far it is
   * @throws Refused if the file has no labels or no readable row
   * @throws Exception what stopped the pipeline, as Flink reports it
   */
  public static FeatureRows of(
      LabelledFile source, Catalogue catalogue, @Nullable Duration labelDelay, Terminal terminal)
      throws Exception {
    return of(source, catalogue, null, labelDelay, terminal);
  }

  /**
   * The same with the graph's signals behind the features, of payments between accounts alone, as
   * the AML lane has them.
   */
  public static FeatureRows joined(
      LabelledFile source, Catalogue catalogue, @Nullable Duration labelDelay, Terminal terminal)
      throws Exception {
    GraphConfig live = GraphConfig.read(Home.path("config", "graph.yaml"));
    // Who is risky today was not known then: of the lists, the past is told the hubs alone.
    GraphConfig graph = live.withLists(new AccountLists(live.lists().hubs(), List.of()));
    return of(source, catalogue, graph, labelDelay, terminal);
  }

  private static FeatureRows of(
      LabelledFile source,
      Catalogue catalogue,
      @Nullable GraphConfig graph,
      @Nullable Duration labelDelay,
      Terminal terminal)
      throws Exception {
    if (source.profile().label() == null) {
      throw new Refused(
          "profile "
              + source.profile().name()
              + " names no label; training and evaluation need one");
    }
    WorkFolder work = WorkFolder.temporary();
    try {
      Reading reading = read(source, work, labelDelay, terminal);
      writeLabels(reading.frauds, work.path(LABELS));
      terminal.begin("computing features", 0);
      OfflineFeaturesJob.run(
          catalogue,
          new OfflineFeaturesJob.Files(
              work.path(TRANSACTIONS), work.path(LABELS), work.path(VECTORS), reading.disorderMs),
          PARALLELISM);
      terminal.at(reading.accepted);
      terminal.end();
      if (graph != null) {
        join(graph, work, reading.disorderMs, terminal);
      }
      return new FeatureRows(work, reading, graph == null ? VECTORS : JOINED);
    } catch (Exception e) {
      work.close();
      throw e;
    }
  }

  private static void join(GraphConfig graph, WorkFolder work, long disorderMs, Terminal terminal)
      throws Exception {
    terminal.begin("computing graph signals", 0);
    OfflineGraphJob.run(graph, work.path(TRANSACTIONS), work.path(GRAPH), disorderMs);
    SignalSet signals = SignalSet.of(graph.graph());
    Path folder = Files.createDirectories(work.path(JOINED));
    long joined =
        JoinedFiles.join(
            work.path(GRAPH).resolve("signals"),
            work.path(VECTORS),
            signals.names().size(),
            signals.digest(),
            folder.resolve("part.avro"));
    terminal.at(joined);
    terminal.end();
  }

  private static Reading read(
      LabelledFile source, WorkFolder work, @Nullable Duration labelDelay, Terminal terminal)
      throws IOException {
    TokenKey key = CardTokenKey.resolve(System.getenv(), work.path("token.key"));
    DoorSettings settings = DoorSettings.of(key, WallClock.INSTANCE);
    Reading reading = new Reading(labelDelay);
    terminal.begin("reading " + source.file().getFileName(), 0);
    try (CsvDoor door = CsvDoor.open(source.file(), source.profile(), settings);
        DataFileWriter<Transaction> file =
            EventFile.writer(work.path(TRANSACTIONS), Transaction.class)) {
      if (!door.labelled()) {
        throw new Refused(withoutLabels(source));
      }
      for (DoorResult result = door.next(); result != null; result = door.next()) {
        if (result instanceof DoorResult.Accepted payment) {
          file.append(payment.transaction());
          reading.accept(payment.transaction(), payment.label());
          terminal.at(reading.accepted);
        }
      }
      terminal.end();
      tell(door.counts(), terminal);
    }
    if (reading.accepted == 0) {
      throw new Refused(
          "no row of " + source.file() + " could be read; see tidegate profile check");
    }
    return reading;
  }

  private static String withoutLabels(LabelledFile source) {
    LabelRule rule = source.profile().label();
    String file = rule == null ? null : rule.file();
    return file == null
        ? source.file() + " has no labels: it lacks the columns " + source.profile().labelColumns()
        : "there is no " + file + " beside " + source.file() + ", which holds its labels";
  }

  private static void tell(DoorCounts counts, Terminal terminal) {
    if (counts.rejectedTotal() > 0 || counts.duplicates() > 0) {
      terminal.say(
          "  left out: "
              + Figures.count(counts.duplicates())
              + " duplicates, rejected "
              + new TreeMap<>(counts.rejected()));
    }
  }

  /** What one pass over the file found. */
  private static final class Reading {
    final Map<String, Known> labels = new HashMap<>();
    final List<Label> frauds = new ArrayList<>();
    private final @Nullable Duration labelDelay;
    long accepted;
    long firstMs = Long.MAX_VALUE;
    long lastMs = Long.MIN_VALUE;
    long disorderMs;

    Reading(@Nullable Duration labelDelay) {
      this.labelDelay = labelDelay;
    }

    void accept(Transaction payment, @Nullable Label label) {
      accepted++;
      if (accepted > 1) {
        disorderMs = Math.max(disorderMs, lastMs - payment.getEventTimeMs());
      }
      firstMs = Math.min(firstMs, payment.getEventTimeMs());
      lastMs = Math.max(lastMs, payment.getEventTimeMs());
      if (label != null) {
        labels.put(
            payment.getTransactionId(),
            label.getFraud() ? new Known(true, label.getKind()) : Known.LEGITIMATE);
        noteFraud(label);
      }
    }

    private void noteFraud(Label label) {
      if (!label.getFraud()) {
        return;
      }
      frauds.add(
          labelDelay == null
              ? label
              : Label.newBuilder(label)
                  .setKnownAtMs(label.getEventTimeMs() + labelDelay.toMillis())
                  .build());
    }
  }

  /** Labels that features look at, in the order of when they are known. */
  private static void writeLabels(List<Label> frauds, Path file) throws IOException {
    frauds.sort(Comparator.comparingLong(Label::getKnownAtMs));
    try (DataFileWriter<Label> writer = EventFile.writer(file, Label.class)) {
      for (Label label : frauds) {
        writer.append(label);
      }
    }
  }

  /** Event time of the first payment, UTC milliseconds. */
  public long firstMs() {
    return firstMs;
  }

  /** Event time of the last payment, UTC milliseconds. */
  public long lastMs() {
    return lastMs;
  }

  /**
   * Tells each payment with a label, in no particular order; may be called again.
   *
   * @throws IOException if the work folder cannot be read
   */
  public void each(Receiver receiver) throws IOException {
    try (EventFile.Reader<FeatureVector> reader =
        EventFile.read(work.path(vectors), FeatureVector.class)) {
      for (FeatureVector vector = reader.next(); vector != null; vector = reader.next()) {
        Known known = labels.get(vector.getTransaction().getTransactionId());
        if (known != null) {
          receiver.row(vector, values(vector), known.fraud, known.kind);
        }
      }
    }
  }

  @Override
  public void close() {
    work.close();
  }

  private static float[] values(FeatureVector vector) {
    float[] values = new float[vector.getValues().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.getValues().get(i);
    }
    return values;
  }
}
