package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pipeline served, checked key by key. */
class EntityCheckTest {
  private static final long HOUR_MS = 3_600_000L;
  private static final Catalogue SHORT =
      Catalogue.parse(
          """
          features:
            - {payment: [amount]}
            - {entity: account, aggregate: [count, sum], windows: [1h]}
            - {entity: account, aggregate: first_seen}
          """,
          "test",
          Rates.none());

  @TempDir Path folder;

  @Test
  void shouldFindEveryVectorOfEveryKeyEqualWithLabelsAndTiles() throws Exception {
    List<Transaction> payments = Payments.stream(4_000, 5);
    List<Label> labels = Payments.frauds(payments);
    Map<String, FeatureVector> served = serve(Payments.CATALOGUE, payments, labels);

    for (Entity entity : Payments.CATALOGUE.entities()) {
      EntityCheck.Found found =
          checkAll(Payments.CATALOGUE, entity, archive(payments, served), labels);

      long named = payments.stream().filter(payment -> entity.idOf(payment) != null).count();
      assertThat(found).as(entity.noun()).isEqualTo(new EntityCheck.Found(named, 0, 0));
    }
    assertThat(served.values()).anyMatch(FeatureVector::getApproximate);
    assertThat(served.values())
        .anyMatch(vector -> vector.getValues().get(place("terminal_risk_7d")) > 0);
  }

  @Test
  void shouldCountAVectorOfWhichOneBitIsOtherwise() throws Exception {
    List<Transaction> payments = Payments.stream(200, 6);
    Map<String, FeatureVector> served = serve(Payments.CATALOGUE, payments, List.of());
    FeatureVector changed = served.get("tx-100");
    int place = place("account_mean_7d");
    changed.getValues().set(place, Math.nextUp(changed.getValues().get(place)));

    List<ServedPayment> archive = archive(payments, served);
    assertThat(checkAll(Payments.CATALOGUE, Entity.ACCOUNT, archive, List.of()))
        .isEqualTo(new EntityCheck.Found(200, 1, 0));
    assertThat(checkAll(Payments.CATALOGUE, Entity.TERMINAL, archive, List.of()).mismatches())
        .as("the terminal does not decide that feature")
        .isZero();
  }

  @Test
  void shouldCountAVectorWithAnotherSequenceAndLeaveOneWithoutAny() throws Exception {
    List<Transaction> payments = Payments.stream(200, 6);
    Map<String, FeatureVector> served = serve(Payments.CATALOGUE, payments, List.of());
    int ofAccount = Payments.CATALOGUE.sequencePlace(Entity.ACCOUNT);
    FeatureVector changed = served.get("tx-100");
    List<List<Float>> sequences = new ArrayList<>(changed.getSequences());
    List<Float> sequence = new ArrayList<>(sequences.get(ofAccount));
    sequence.set(1, Math.nextUp(sequence.get(1)));
    sequences.set(ofAccount, sequence);
    served.put("tx-100", FeatureVector.newBuilder(changed).setSequences(sequences).build());

    List<ServedPayment> archive = archive(payments, served);
    assertThat(checkAll(Payments.CATALOGUE, Entity.ACCOUNT, archive, List.of()))
        .isEqualTo(new EntityCheck.Found(200, 1, 0));
    assertThat(checkAll(Payments.CATALOGUE, Entity.TERMINAL, archive, List.of()).mismatches())
        .as("the terminal has a sequence of its own")
        .isZero();

    served.put("tx-100", FeatureVector.newBuilder(changed).setSequences(List.of()).build());
    assertThat(checkAll(Payments.CATALOGUE, Entity.ACCOUNT, archive(payments, served), List.of()))
        .as("an archive of before there were sequences")
        .isEqualTo(new EntityCheck.Found(200, 0, 0));
  }

  @Test
  void shouldCountApartWhatOnlyALabelExplains() throws Exception {
    List<Transaction> payments = Payments.stream(4_000, 5);
    List<Label> labels = Payments.frauds(payments);
    Map<String, FeatureVector> served = serve(Payments.CATALOGUE, payments, labels);

    EntityCheck.Found found =
        checkAll(
            Payments.CATALOGUE,
            Entity.TERMINAL,
            archive(payments, served),
            labels.subList(0, labels.size() / 2));

    assertThat(found.mismatches()).isZero();
    assertThat(found.labelMismatches()).isPositive();
  }

  @Test
  void shouldJudgeOnlyWhatTheArchiveReachesBackFor() throws Exception {
    List<Transaction> payments = everyFortyMinutes(10);
    List<ServedPayment> archive = archive(payments, serve(SHORT, payments, List.of()));
    long fromMs = payments.get(3).getEventTimeMs();

    EntityCheck check = new EntityCheck(SHORT, Entity.ACCOUNT);

    assertThat(check.reachMs()).isEqualTo(HOUR_MS);
    assertThat(check.check(archive.subList(3, 10), List.of(), fromMs))
        .as("the first looks back on what is missing; when the key was first seen is not asked")
        .isEqualTo(new EntityCheck.Found(5, 0, 0));
    assertThat(check.check(archive.subList(3, 10), List.of(), Long.MIN_VALUE).mismatches())
        .as("an archive that claims to be whole and is not")
        .isEqualTo(7);
  }

  @Test
  void shouldNotJudgeWhatLooksBackOnAPaymentThatWasNotAnsweredInOrder() throws Exception {
    List<Transaction> payments = everyFortyMinutes(10);
    Map<String, FeatureVector> served = serve(SHORT, payments, List.of());
    List<ServedPayment> archive = archive(payments, served);
    EntityCheck check = new EntityCheck(SHORT, Entity.ACCOUNT);
    FeatureVector third = served.get("h-3");
    List<ServedPayment.Vector> excuses = new ArrayList<>();
    excuses.add(null);
    excuses.add(vector(third, "another catalogue", false));
    excuses.add(vector(third, SHORT.digest(), true));

    for (ServedPayment.Vector excuse : excuses) {
      archive.set(3, new ServedPayment(payments.get(3), excuse));
      assertThat(check.check(archive, List.of(), Long.MIN_VALUE))
          .as("neither it nor the one within the hour behind it")
          .isEqualTo(new EntityCheck.Found(8, 0, 0));
    }
  }

  /** Payments of one account. */
  private static List<Transaction> everyFortyMinutes(int count) {
    List<Transaction> payments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long timeMs = 1_600_000_000_000L + i * (HOUR_MS * 2 / 3);
      payments.add(Payments.payment("h-" + i, timeMs, "payer", "terminal", 100 + i));
    }
    return payments;
  }

  private static int place(String name) {
    return Payments.CATALOGUE.place(name);
  }

  private static ServedPayment.Vector vector(FeatureVector vector, String digest, boolean late) {
    float[] values = new float[vector.getValues().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.getValues().get(i);
    }
    return new ServedPayment.Vector(digest, late, values, vector.getSequences());
  }

  private static List<ServedPayment> archive(
      List<Transaction> payments, Map<String, FeatureVector> served) {
    List<ServedPayment> archive = new ArrayList<>();
    for (Transaction payment : payments) {
      FeatureVector vector = served.get(payment.getTransactionId());
      archive.add(
          new ServedPayment(payment, vector(vector, vector.getFeatureDigest(), vector.getLate())));
    }
    return archive;
  }

  private static EntityCheck.Found checkAll(
      Catalogue catalogue, Entity entity, List<ServedPayment> archive, List<Label> labels) {
    Map<String, List<ServedPayment>> byKey = new HashMap<>();
    for (ServedPayment payment : archive) {
      String key = entity.idOf(payment.transaction());
      if (key != null) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(payment);
      }
    }
    EntityCheck check = new EntityCheck(catalogue, entity);
    return byKey.values().stream()
        .map(payments -> check.check(payments, labels, Long.MIN_VALUE))
        .reduce(EntityCheck.Found.NOTHING, EntityCheck.Found::plus);
  }

  private Map<String, FeatureVector> serve(
      Catalogue catalogue, List<Transaction> payments, List<Label> labels) throws Exception {
    Path in = folder.resolve("payments.avro");
    Path known = folder.resolve("labels.avro");
    write(in, Transaction.class, payments);
    write(known, Label.class, labels);
    Path out = Files.createTempDirectory(folder, "vectors");
    OfflineFeaturesJob.run(catalogue, new OfflineFeaturesJob.Files(in, known, out, 0), 2);
    Map<String, FeatureVector> vectors = new TreeMap<>();
    try (EventFile.Reader<FeatureVector> reader = EventFile.read(out, FeatureVector.class)) {
      for (FeatureVector next = reader.next(); next != null; next = reader.next()) {
        vectors.put(next.getTransaction().getTransactionId(), next);
      }
    }
    return vectors;
  }

  private static <T extends SpecificRecord> void write(Path file, Class<T> type, List<T> events)
      throws IOException {
    try (DataFileWriter<T> writer = EventFile.writer(file, type)) {
      for (T event : events) {
        writer.append(event);
      }
    }
  }
}
