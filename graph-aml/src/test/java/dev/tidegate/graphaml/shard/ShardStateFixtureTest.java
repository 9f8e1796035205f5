package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.Streams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * State that an earlier build wrote is read by this one: accounts with payments that wait,
 * components, and inquiries with answers missing. The files are written once for each version of
 * the state by {@code -Dtidegate.fixture.write=true} and never changed.
 */
@SuppressWarnings("try") // harnesses close with any exception
class ShardStateFixtureTest {
  private static final Path FOLDER = Path.of("src/test/resources/state");
  private static final ShardSettings SETTINGS = ShardSettings.of(Streams.unbounded(20));
  private static final int BEFORE = 300;
  private static final int WAITING = 12;
  private static final List<Transfer> PAYMENTS =
      Streams.random(new Random(20_260_105), 400).stream()
          .sorted(Comparator.comparingLong(Payment::timeMs).thenComparingLong(Payment::id))
          .map(payment -> Transfer.of(payment, SETTINGS.graph()))
          .toList();

  /** An operator with a state, and what is fed to it. */
  private record Case<I, K>(
      String name,
      Supplier<OneInputStreamOperator<I, Mail>> operator,
      KeySelector<I, K> key,
      Class<K> keyType,
      List<I> input) {
    private KeyedOneInputStreamOperatorTestHarness<K, I, Mail> harness() throws Exception {
      var harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              operator.get(), key, TypeInformation.of(keyType), 16, 1, 0);
      harness.setStateBackend(new HashMapStateBackend());
      harness.setup(MailCodec.INSTANCE);
      return harness;
    }

    private Path file() {
      return FOLDER.resolve("shard-" + name + ".bin");
    }

    private static <I> void feed(
        KeyedOneInputStreamOperatorTestHarness<?, I, Mail> harness, List<I> input)
        throws Exception {
      for (I one : input) {
        harness.processElement(one, 0);
      }
    }

    private void write() throws Exception {
      try (var harness = harness()) {
        harness.open();
        feed(harness, input.subList(0, BEFORE));
        harness.processWatermark(new Watermark(waitingSinceMs()));
        Files.createDirectories(FOLDER);
        OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file().toString());
      }
    }

    private static long waitingSinceMs() {
      return PAYMENTS.get(BEFORE / 2 - WAITING).timeMs();
    }

    /** What comes out after the state was read. */
    private List<String> restored() throws Exception {
      try (var harness = harness()) {
        harness.initializeState(OperatorSnapshotUtil.readStateHandle(file().toString()));
        harness.open();
        return rest(harness);
      }
    }

    /** What comes out without a break. */
    private List<String> unbroken() throws Exception {
      try (var harness = harness()) {
        harness.open();
        feed(harness, input.subList(0, BEFORE));
        harness.processWatermark(new Watermark(waitingSinceMs()));
        harness.getOutput().clear();
        return rest(harness);
      }
    }

    private List<String> rest(KeyedOneInputStreamOperatorTestHarness<K, I, Mail> harness)
        throws Exception {
      feed(harness, input.subList(BEFORE, input.size()));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return harness.extractOutputValues().stream().map(Case::text).sorted().toList();
    }

    /** An inquiry has its accounts' signals among its values. */
    private static String text(Mail mail) {
      Inquiry inquiry = mail.inquiry();
      if (inquiry != null) {
        return inquiry + " " + inquiry.replies.values().stream().map(Case::text).toList();
      }
      return mail.replies().stream()
          .map(reply -> text(reply) + Arrays.toString(reply.signals()))
          .toList()
          .toString();
    }

    private static String text(Reply reply) {
      return reply.about()
          + " "
          + reply.account()
          + " "
          + reply.state()
          + Arrays.toString(reply.in().words())
          + Arrays.toString(reply.out().words());
    }
  }

  /** From version 2 on with the number of shards that the accounts are dealt out to. */
  private static Case<Question, Integer> accounts(int version) {
    return accounts(version, SETTINGS);
  }

  private static Case<Question, Integer> accounts(int version, ShardSettings settings) {
    List<Question> asks = new ArrayList<>();
    for (Transfer transfer : PAYMENTS) {
      asks.addAll(Question.keep(transfer, true, settings.shards()));
    }
    return new Case<>(
        "accounts-version-" + version,
        () -> new AccountOperator(settings),
        new ShardPipeline.ShardKeys(settings.shards()),
        Integer.class,
        asks);
  }

  private static Case<Question, Integer> components() {
    List<Question> asks = new ArrayList<>();
    for (Transfer transfer : PAYMENTS) {
      Ask ask = Ask.component(transfer, transfer.id() % 3 == 0);
      asks.add(new Question(transfer, 0, List.of(ask)));
    }
    return new Case<>(
        "components-version-1",
        () -> new ConnectivityOperator(SETTINGS),
        ask -> ConnectivityOperator.KEY,
        Integer.class,
        asks);
  }

  /** The answers of both ends, the targets' fifty payments later. */
  private static Case<Mail, Long> inquiries() {
    AccountAnswers answers = new AccountAnswers(SETTINGS);
    List<Mail> mails = new ArrayList<>();
    List<Mail> delayed = new ArrayList<>();
    for (Transfer transfer : PAYMENTS) {
      if (transfer.loop()) {
        continue;
      }
      mails.add(mail(answers, transfer, transfer.source()));
      delayed.add(mail(answers, transfer, transfer.target()));
      if (delayed.size() > 50) {
        mails.add(delayed.remove(0));
      }
    }
    mails.addAll(delayed);
    return new Case<>(
        "inquiries-version-1",
        () ->
            new GatherOperator(
                new ShardSettings(SETTINGS.graph(), 3_600_000, 1, Set.of(), Set.of()), 0),
        GatherOperator::keyOf,
        Long.class,
        mails);
  }

  private static Mail mail(AccountAnswers answers, Transfer transfer, long account) {
    Reply reply = answers.answer(new Ledger(), Ask.keep(transfer, account, true), false);
    return Mail.of(List.of(Objects.requireNonNull(reply)));
  }

  @BeforeAll
  static void write() throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write")) {
      for (Case<?, ?> one : List.of(accounts(2), components(), inquiries())) {
        if (!Files.exists(one.file())) {
          one.write();
        }
      }
    }
  }

  @Test
  void shouldReadAccountsOfVersion1() throws Exception {
    assertRead(accounts(1));
  }

  @Test
  void shouldReadAccountsOfVersion2() throws Exception {
    assertRead(accounts(2));
  }

  @Test
  void shouldRefuseAccountsOfVersion2UnderAnotherNumberOfShards() {
    ShardSettings other = new ShardSettings(SETTINGS.graph(), 2_000, 5, Set.of(), Set.of());
    assertThatThrownBy(() -> accounts(2, other).restored())
        .hasStackTraceContaining("the graph's state is of 8 shards")
        .hasStackTraceContaining("layout: 5 shards");
  }

  @Test
  void shouldReadComponentsOfVersion1() throws Exception {
    assertRead(components());
  }

  @Test
  void shouldReadInquiriesOfVersion1() throws Exception {
    assertRead(inquiries());
  }

  private static void assertRead(Case<?, ?> of) throws Exception {
    List<String> restored = of.restored();
    assertThat(restored).hasSizeGreaterThan(50).isEqualTo(of.unbroken());
  }
}
