package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of both ends of a payment, one of which may not come within the bound. */
class GatheringTest {
  private static final long TIME_MS = 10_000;
  private static final GraphSettings GRAPH = Streams.unbounded(20);
  private static final Transfer ABOUT = Transfer.of(new Payment(1, 7, 8, TIME_MS, 100, 0), GRAPH);

  private final List<Inquiry> cut = new ArrayList<>();

  private static ShardSettings settings(long boundMs) {
    PatternSettings all = PatternSettings.everything();
    return ShardSettings.of(
        new GraphConfig(
                GRAPH,
                new PatternSettings(
                    new PatternSettings.Widths(3, 0, 0, 0, 2, 0), all.times(), all.bounds()))
            .with(GraphLayout.shards(8))
            .withBound(boundMs));
  }

  private static Mail answerOf(long account, ShardSettings settings) {
    Ask ask = Ask.keep(ABOUT, account, true);
    Reply reply = new AccountAnswers(settings).answer(new Ledger(), ask, false);
    return Mail.of(List.of(Objects.requireNonNull(reply)));
  }

  /** What is searched and told, each on its way to another task. */
  private static Found found(Inquiry inquiry) throws Exception {
    Mail mail = carried(MailCodec.INSTANCE, Mail.of(inquiry));
    Found found = new Searches(GRAPH).find(Objects.requireNonNull(mail.inquiry()));
    return carried(FoundCodec.INSTANCE, found);
  }

  private static <T> T carried(TypeSerializer<T> codec, T value) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(256);
    codec.serialize(value, out);
    return codec.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  /** The first of the rounds, which share the bound, has its part of it. */
  @ParameterizedTest
  @ValueSource(longs = {0, 2_000, 60_000})
  void shouldCutOffWhatHasNotComeOnceTheWatermarkIsTheBoundBeyond(long boundMs) throws Exception {
    ShardSettings settings = settings(boundMs);
    Gathering gathering = new Gathering(settings, 0);
    long dueMs = TIME_MS + boundMs / (Rounds.COUNT + 1);
    assertThat(gathering.take(answerOf(ABOUT.source(), settings))).isNull();

    gathering.advance(dueMs, cut::add);
    assertThat(cut).isEmpty();
    gathering.advance(dueMs + 1, cut::add);
    assertThat(cut).singleElement().satisfies(inquiry -> assertThat(found(inquiry).cut()).isTrue());
    assertThat(gathering.size()).isZero();
  }

  @Test
  void shouldCutNothingOffOfWhatIsComplete() throws Exception {
    ShardSettings settings = settings(GraphConfig.BOUND_MS);
    Gathering gathering = new Gathering(settings, 0);
    gathering.take(answerOf(ABOUT.source(), settings));
    Inquiry complete = gathering.take(answerOf(ABOUT.target(), settings));

    assertThat(found(Objects.requireNonNull(complete)).cut()).isFalse();
    gathering.advance(Long.MAX_VALUE, cut::add);
    assertThat(cut).isEmpty();
  }
}
