package dev.tidegate.graphaml.mine;

import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The cases of all slices, ranked when the last has come; see {@link CaseRanking}. */
final class RankOperator extends KeyedProcessFunction<String, PatternAlert, PatternAlert> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final int most;

  // runtime
  private transient ListState<PatternAlert> cases;

  RankOperator(int most) {
    this.most = most;
  }

  @Override
  public void open(OpenContext context) {
    cases =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "cases", EventTypeInformation.forEvent(PatternAlert.class)));
  }

  @Override
  public void processElement(PatternAlert one, Context context, Collector<PatternAlert> out)
      throws Exception {
    cases.add(one);
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void onTimer(long atMs, OnTimerContext context, Collector<PatternAlert> out)
      throws Exception {
    List<PatternAlert> all = new ArrayList<>();
    cases.get().forEach(all::add);
    cases.clear();
    CaseRanking.best(all, most).forEach(out::collect);
  }
}
