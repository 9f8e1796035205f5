package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Payments between accounts to what the graph finds about them, on accounts that live on many
 * machines. Four rounds of the same two steps: accounts, keyed by account, keep their payments and
 * answer; answers, keyed by payment, are put together and make the next questions. The fourth
 * round's inquiries are searched. The same transactions give the same results at any parallelism.
 */
public final class ShardPipeline {
  private ShardPipeline() {}

  /**
   * The stage without source and sink. Payments without a payee account and those in a currency
   * that the settings do not have are left out.
   *
   * @param transactions with times and watermarks
   */
  public static DataStream<Found> found(
      DataStream<Transaction> transactions, ShardSettings settings) {
    SingleOutputStreamOperator<Mail> inquiries =
        gathered(answers(kept(transactions, settings, 0), settings, 0), settings, 0);
    DataStream<Mail> components =
        named(
            inquiries
                .getSideOutput(GatherOperator.COMPONENTS)
                .keyBy(ask -> ConnectivityOperator.KEY, Types.INT)
                .transform(
                    "graph-components",
                    MailCodec.INSTANCE.information(),
                    new ConnectivityOperator(settings))
                .setParallelism(1)
                .setMaxParallelism(1),
            "graph-components");
    for (int round = 1; round <= Rounds.COUNT; round++) {
      DataStream<Question> asks = inquiries.getSideOutput(GatherOperator.ASKS);
      DataStream<Mail> mail =
          inquiries.union(
              answers(kept(transactions, settings, round).union(asks), settings, round));
      mail = round == Rounds.COUNT ? mail.union(components) : mail;
      inquiries = gathered(mail, settings, round);
    }
    return named(
        inquiries.map(new Searching(settings), FoundCodec.INSTANCE.information()),
        "graph-searches");
  }

  /** Each payment to both of its accounts of a round. */
  private static DataStream<Question> kept(
      DataStream<Transaction> transactions, ShardSettings settings, int round) {
    return named(
        transactions
            .flatMap(new Keeping(settings, round == 0), QuestionCodec.INSTANCE.information())
            .setParallelism(transactions.getParallelism()),
        "graph-kept-" + round);
  }

  private static DataStream<Mail> answers(
      DataStream<Question> asks, ShardSettings settings, int round) {
    return named(
        asks.keyBy(new ShardKeys(settings.shards()), Types.INT)
            .transform(
                "graph-accounts-" + round,
                MailCodec.INSTANCE.information(),
                new AccountOperator(settings))
            .setMaxParallelism(ShardSettings.MOST_SHARDS),
        "graph-accounts-" + round);
  }

  private static SingleOutputStreamOperator<Mail> gathered(
      DataStream<Mail> mail, ShardSettings settings, int round) {
    return named(
        mail.keyBy(GatherOperator::keyOf, Types.LONG)
            .transform(
                "graph-gather-" + round,
                MailCodec.INSTANCE.information(),
                new GatherOperator(settings, round)),
        "graph-gather-" + round);
  }

  private static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.name(name).uid(name);
  }

  /**
   * A transaction as the graph's payment: fingerprints of its id and its accounts.
   *
   * @return null for one that is not between accounts or in a currency of the settings
   */
  public static @Nullable Payment payment(Transaction transaction, GraphSettings settings) {
    String payee = transaction.getPayeeAccount();
    int currency = currency(transaction.getCurrency(), settings);
    if (payee == null || currency < 0) {
      return null;
    }
    return new Payment(
        EventTimeOrderOperator.fingerprint(transaction.getTransactionId()),
        EventTimeOrderOperator.fingerprint(transaction.getPayerAccount()),
        EventTimeOrderOperator.fingerprint(payee),
        transaction.getEventTimeMs(),
        transaction.getAmountMinor(),
        currency);
  }

  private static int currency(String code, GraphSettings settings) {
    List<String> codes = new ArrayList<>();
    for (CurrencyRule rule : settings.currencies()) {
      codes.add(rule.code());
    }
    return codes.indexOf(code);
  }

  /** Shards as keys, chosen so that tasks have as many shards as each other. */
  static final class ShardKeys implements KeySelector<Question, Integer> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final int[] keys;

    ShardKeys(int shards) {
      keys = new int[shards];
      for (int shard = 0; shard < shards; shard++) {
        int group = shard * ShardSettings.MOST_SHARDS / shards;
        while (KeyGroupRangeAssignment.assignToKeyGroup(keys[shard], ShardSettings.MOST_SHARDS)
            != group) {
          keys[shard]++;
        }
      }
    }

    @Override
    public Integer getKey(Question question) {
      return keys[question.shard()];
    }

    /** The key of an account's shard. */
    Integer keyOf(long account) {
      return keys[Question.shardOf(account, keys.length)];
    }
  }

  /** A payment for both of its accounts to keep. */
  private static final class Keeping implements FlatMapFunction<Transaction, Question> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final ShardSettings settings;
    private final boolean ends;

    Keeping(ShardSettings settings, boolean ends) {
      this.settings = settings;
      this.ends = ends;
    }

    @Override
    public void flatMap(Transaction transaction, Collector<Question> out) {
      Payment payment = payment(transaction, settings.graph());
      if (payment != null) {
        Transfer transfer = Transfer.of(payment, settings.graph());
        Question.keep(transfer, ends, settings.shards()).forEach(out::collect);
      }
    }
  }

  /** The searches, once all that they could want has come. */
  private static final class Searching extends RichMapFunction<Mail, Found> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final ShardSettings settings;

    // runtime
    private transient Searches searches;

    @SuppressWarnings("NullAway.Init") // transients are set by open
    Searching(ShardSettings settings) {
      this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
      searches = new Searches(settings.graph());
    }

    @Override
    public Found map(Mail mail) {
      Inquiry inquiry = mail.inquiry();
      if (inquiry == null) {
        throw new IllegalStateException("an answer came where inquiries are searched");
      }
      return searches.find(inquiry);
    }
  }
}
