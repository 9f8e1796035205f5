package dev.tidegate.graphaml.mine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.MineConfig;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.EvidenceRole;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job over files: what was planted is among the first, and the same at any parallelism. */
final class MinePipelineTest {
  private static final long DAY_MS = 86_400_000L;
  private static final GraphConfig GRAPH = GraphConfig.read(Path.of("../config/graph.yaml"));
  private static final MineSettings SHIPPED = MineConfig.read(Path.of("../config/mine.yaml"));

  @TempDir Path folder;

  @Test
  void shouldTellPlantedCasesFirstAndTheSameAtAnyParallelismAndOrder() throws Exception {
    List<Transaction> payments = payments();
    Results one = run("one", payments, 1);
    Collections.shuffle(payments, new Random(2));
    Results two = run("two", payments, 2);
    assertThat(two.cases).isEqualTo(one.cases);
    assertThat(two.accounts).isEqualTo(one.accounts);

    PatternAlert flow = first(one.cases, MinedSearch.DENSE_FLOW);
    assertThat(accounts(flow, EvidenceRole.SOURCE)).containsExactly("source");
    assertThat(accounts(flow, EvidenceRole.MULE))
        .containsExactly("mule-0", "mule-1", "mule-2", "mule-3");
    assertThat(accounts(flow, EvidenceRole.SINK)).containsExactly("sink");
    assertThat(flow.getFocus()).startsWith("mule-");
    assertThat(flow.getPayments()).isEqualTo(8);
    assertThat(flow.getEvidencePayments())
        .extracting(EvidencePayment::getTransactionId)
        .contains(flow.getOpenedBy(), flow.getUpdatedBy());

    PatternAlert biclique = first(one.cases, MinedSearch.BICLIQUE);
    assertThat(accounts(biclique, EvidenceRole.SOURCE)).containsExactly("p-0", "p-1", "p-2", "p-3");
    assertThat(accounts(biclique, EvidenceRole.SINK)).containsExactly("q-0", "q-1", "q-2");
    assertThat(biclique.getWidth()).isEqualTo(3);
    assertThat(one.accounts).anyMatch(line -> line.contains("\"mule-2\"," + flow.getAlertId()));
    assertThat(one.accounts).anyMatch(line -> line.contains(biclique.getAlertId() + ",1,"));
  }

  @Test
  void shouldTellOnceWhatLiesInTwoSlicesAndLeaveHubsOut() throws Exception {
    Results found = run("once", payments(), 2);
    assertThat(found.cases).filteredOn(one -> one.getFocus().startsWith("mule-")).hasSize(1);
    assertThat(found.cases)
        .flatExtracting(PatternAlert::getEvidenceAccounts)
        .extracting(EvidenceAccount::getAccount)
        .doesNotContain("shop");
    assertThat(found.accounts).noneMatch(line -> line.contains("\"shop\""));
    assertThat(found.accounts.stream().filter(line -> line.contains("\"mule-1\"")).count())
        .as("one line for each slice that it paid in")
        .isEqualTo(2);
  }

  private static PatternAlert first(List<PatternAlert> cases, MinedSearch search) {
    return cases.stream()
        .filter(one -> one.getMined() != null && one.getMined().getSearch() == search)
        .filter(one -> one.getMined().getRank() == 1)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> accounts(PatternAlert one, EvidenceRole role) {
    Set<String> names = new TreeSet<>();
    for (EvidenceAccount account : one.getEvidenceAccounts()) {
      if (account.getRole() == role) {
        names.add(account.getAccount());
      }
    }
    return names;
  }

  /** Ordinary payments, a shop that all pay, a flow through mules and a biclique. */
  private static List<Transaction> payments() {
    Random random = new Random(1);
    List<Transaction> payments = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      String payer = "account-" + random.nextInt(200);
      boolean shops = i % 4 == 0;
      String payee = shops ? "shop" : "account-" + random.nextInt(200);
      int day = shops ? 31 : random.nextInt(75);
      add(payments, payer, payee, day, 1_000 + random.nextInt(9_000));
    }
    for (int mule = 0; mule < 4; mule++) {
      add(payments, "source", "mule-" + mule, 20, 900_000);
      add(payments, "mule-" + mule, "sink", 22, 890_000);
      for (int payee = 0; payee < 3; payee++) {
        add(payments, "p-" + mule, "q-" + payee, 50, 5_000);
      }
    }
    return payments;
  }

  private static void add(
      List<Transaction> payments, String payer, String payee, int day, long amount) {
    payments.add(
        Transaction.newBuilder()
            .setTransactionId("tx-" + payments.size())
            .setEventTimeMs(1_700_006_400_000L + day * DAY_MS)
            .setIngestedAtMs(7)
            .setSource("test")
            .setSourceOffset(1)
            .setPayerAccount(payer)
            .setPayeeAccount(payee)
            .setAmountMinor(amount)
            .setCurrency("EUR")
            .build());
  }

  private record Results(List<PatternAlert> cases, List<String> accounts) {}

  private Results run(String name, List<Transaction> payments, int parallelism) throws Exception {
    Path in = folder.resolve(name + ".avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(in, Transaction.class)) {
      for (Transaction payment : payments) {
        writer.append(payment);
      }
    }
    Path out = folder.resolve(name);
    MinePipeline.run(
        GRAPH,
        SHIPPED,
        in,
        new MinePipeline.Outputs(out.resolve("cases"), out.resolve("accounts"), out.resolve("cut")),
        parallelism);
    List<PatternAlert> cases = new ArrayList<>();
    try (EventFile.Reader<PatternAlert> reader =
        EventFile.read(out.resolve("cases"), PatternAlert.class)) {
      for (PatternAlert next = reader.next(); next != null; next = reader.next()) {
        cases.add(next);
      }
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(out.resolve("accounts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    Collections.sort(lines);
    return new Results(cases, lines);
  }
}
