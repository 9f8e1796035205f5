package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.config.AccountLists;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that the bank lists, from their files to the signals. */
@SuppressWarnings("try") // the harness closes with any exception
class AccountListsTest {
  @TempDir private Path folder;

  private static final List<Transaction> PAYMENTS = GraphHarness.payments(400, 21);

  private GraphConfig listing(String hubs, String risky) throws Exception {
    Path shipped = Path.of("../config");
    Files.copy(shipped.resolve("rates.yaml"), folder.resolve("rates.yaml"));
    String text =
        Files.readString(shipped.resolve("graph.yaml"))
            .replaceFirst("hubs: \"\"", "hubs: " + hubs)
            .replaceFirst("risky: \"\"", "risky: " + risky);
    return GraphConfig.read(Files.writeString(folder.resolve("graph.yaml"), text));
  }

  private static double value(GraphConfig config, GraphSignal signal, String name) {
    return signal.getValues().get(SignalSet.of(config.graph()).names().indexOf(name));
  }

  @Test
  void shouldCountListedHubsAndRiskyMembersAlsoAfterARestore() throws Exception {
    String merchant = PAYMENTS.get(0).getPayeeAccount();
    String suspect = PAYMENTS.get(1).getPayerAccount();
    Files.writeString(folder.resolve("hubs.txt"), "# merchants\n\n " + merchant + " \n");
    Files.writeString(folder.resolve("risky.txt"), suspect + "\n");
    GraphConfig config = listing("hubs.txt", "risky.txt");
    assertThat(config.lists()).isEqualTo(new AccountLists(List.of(merchant), List.of(suspect)));
    OperatorSubtaskState state;
    try (var harness = GraphHarness.of(false, config)) {
      harness.open();
      GraphHarness.feed(harness, PAYMENTS.subList(0, 200));
      harness.processWatermark(new Watermark(PAYMENTS.get(199).getEventTimeMs()));
      judge(config, harness.extractOutputValues(), merchant, suspect);
      state = harness.snapshot(1, 1);
    }
    try (var harness = GraphHarness.of(false, config)) {
      harness.initializeState(state);
      harness.open();
      GraphHarness.feed(harness, PAYMENTS.subList(200, 400));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      judge(config, harness.extractOutputValues(), merchant, suspect);
    }
  }

  private static void judge(
      GraphConfig config, List<GraphSignal> signals, String merchant, String suspect) {
    assertThat(signals).isNotEmpty();
    for (GraphSignal signal : signals) {
      assertThat(value(config, signal, "target_hub"))
          .isEqualTo(merchant.equals(signal.getCounterparty()) ? 1 : 0);
      assertThat(value(config, signal, "source_hub"))
          .isEqualTo(merchant.equals(signal.getAccount()) ? 1 : 0);
      boolean joins =
          !merchant.equals(signal.getAccount()) && !merchant.equals(signal.getCounterparty());
      if (joins && suspect.equals(signal.getAccount())) {
        assertThat(value(config, signal, "component_risky_share")).isPositive();
      }
    }
    assertThat(signals).anyMatch(signal -> merchant.equals(signal.getCounterparty()));
    assertThat(signals).anyMatch(signal -> suspect.equals(signal.getAccount()));
  }

  @Test
  void shouldListNobodyAsShippedAndNameAFileThatIsMissing() throws Exception {
    assertThat(GraphHarness.CONFIG.lists()).isEqualTo(AccountLists.NONE);
    assertThatThrownBy(() -> listing("nowhere.txt", "\"\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lists: hubs: there is no file")
        .hasMessageContaining("nowhere.txt");
  }
}
