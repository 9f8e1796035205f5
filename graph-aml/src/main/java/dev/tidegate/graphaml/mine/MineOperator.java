package dev.tidegate.graphaml.mine;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Collects a slice's payments and mines them when its input has ended; see {@link SliceMiner}. */
final class MineOperator
    extends KeyedProcessFunction<Long, Tuple2<Long, Transaction>, PatternAlert> {
  @Serial private static final long serialVersionUID = 1L;

  /** Lines of {@link AccountFinding#csv}. */
  static final OutputTag<String> ACCOUNTS = new OutputTag<>("mine-accounts", Types.STRING);

  /** Begins of slices in which the search for bicliques was cut off. */
  static final OutputTag<Long> CUT = new OutputTag<>("mine-cut", Types.LONG);

  // configuration
  private final GraphConfig graph;
  private final MineSettings settings;
  private final String digest;

  // runtime
  private transient SliceMiner miner;
  private transient ListState<Transaction> payments;

  MineOperator(GraphConfig graph, MineSettings settings, String digest) {
    this.graph = graph;
    this.settings = settings;
    this.digest = digest;
  }

  @Override
  public void open(OpenContext context) {
    Map<String, CurrencyRule> rules = new HashMap<>();
    graph.graph().currencies().forEach(rule -> rules.put(rule.code(), rule));
    miner =
        new SliceMiner(
            settings,
            payment -> {
              CurrencyRule rule = rules.get(payment.getCurrency());
              return rule == null ? 0 : rule.value(payment.getAmountMinor());
            },
            digest);
    payments =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "payments", EventTypeInformation.forEvent(Transaction.class)));
  }

  @Override
  public void processElement(
      Tuple2<Long, Transaction> entry, Context context, Collector<PatternAlert> out)
      throws Exception {
    payments.add(entry.f1);
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void onTimer(long atMs, OnTimerContext context, Collector<PatternAlert> out)
      throws Exception {
    List<Transaction> all = new ArrayList<>();
    payments.get().forEach(all::add);
    payments.clear();
    SliceMiner.Found found = miner.mine(context.getCurrentKey(), all);
    found.cases().forEach(out::collect);
    found.accounts().forEach(finding -> context.output(ACCOUNTS, finding.csv()));
    if (found.cut()) {
      context.output(CUT, context.getCurrentKey());
    }
  }
}
