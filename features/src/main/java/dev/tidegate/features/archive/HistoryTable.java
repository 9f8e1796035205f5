package dev.tidegate.features.archive;

import dev.tidegate.schemas.Topics;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** The tables of the history: each one topic's records, in the folder of its name. */
public enum HistoryTable {
  /** Payments, every field. */
  TRANSACTIONS(Topics.TRANSACTIONS, "eventTimeMs", List.of()),
  /** Feature vectors; of the payment its id and time, the rest is in {@link #TRANSACTIONS}. */
  VECTORS(Topics.FEATURES, "transaction.eventTimeMs", Fields.OF_VECTORS),
  /** What payments turned out to be, by the day of the payment. */
  LABELS(Topics.LABELS, "eventTimeMs", List.of()),
  /** Answers, by the day of the payment. */
  DECISIONS(Topics.DECISIONS, "eventTimeMs", List.of()),
  /** Vectors of the AML lane: features and graph signals of payments between accounts. */
  AML_VECTORS(Topics.AML_VECTORS, "transaction.eventTimeMs", Fields.OF_VECTORS),
  /** What the AML lane made of payments between accounts, by the day of the payment. */
  AML_DECISIONS(Topics.AML_DECISIONS, "eventTimeMs", List.of());

  /** Constants that the tables are made of; an enum's own come too late. */
  private static final class Fields {
    static final List<String> OF_VECTORS =
        List.of(
            "transaction.transactionId",
            "transaction.eventTimeMs",
            "featureDigest",
            "late",
            "approximate",
            "values",
            "sequences");
  }

  private static final long DAY_MS = 86_400_000;

  private final Topics topic;
  private final Column eventTime;
  private final RowLayout layout;

  HistoryTable(Topics topic, String eventTime, List<String> fields) {
    Schema schema = SpecificData.getForClass(topic.value()).getSchema(topic.value());
    this.topic = topic;
    this.eventTime = Column.of(schema, eventTime);
    this.layout = fields.isEmpty() ? RowLayout.of(schema) : RowLayout.of(schema, fields);
  }

  /** The topic that is archived. */
  public Topics topic() {
    return topic;
  }

  /** Name of the table's folder in the history. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table's columns. */
  RowLayout layout() {
    return layout;
  }

  /** Name of the folder that an event's row goes to: {@code day=2018-07-25}, in UTC. */
  String partitionOf(IndexedRecord event) {
    long timeMs = (Long) eventTime.requireIn(event);
    return "day=" + LocalDate.ofEpochDay(Math.floorDiv(timeMs, DAY_MS));
  }
}
