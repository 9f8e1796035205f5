package dev.tidegate.graphaml;

import dev.tidegate.graphaml.fans.AccountFans;
import dev.tidegate.graphaml.fans.End;
import dev.tidegate.graphaml.fans.FanStore;
import dev.tidegate.graphaml.fans.Fans;
import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.metric.Metric.Tag;
import dev.tidegate.schemas.money.MajorUnits;
import java.io.Serial;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** One signal for each end of a payment, keyed by currency and account. */
final class FansOperator
    extends EventTimeOrderOperator<Tuple2<AccountRole, Transaction>, GraphSignal> {
  /** An end of a payment: the role of the account, and the payment. */
  static final TypeInformation<Tuple2<AccountRole, Transaction>> ENDS =
      Types.TUPLE(Types.ENUM(AccountRole.class), EventTypeInformation.forEvent(Transaction.class));

  @Serial private static final long serialVersionUID = 1L;

  // runtime
  private transient AccountFans fans;
  private transient MajorUnits units;
  private transient KeyedFans store;
  private transient Map<AccountRole, Counter> signals;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  FansOperator() {
    super(ENDS.createSerializer(new SerializerConfigImpl()), GraphMetric.LATE, GraphMetric.WAITING);
  }

  /** Key of an end: currency and account. */
  static String keyOf(Tuple2<AccountRole, Transaction> end) {
    return end.f1.getCurrency() + ":" + account(end);
  }

  private static String account(Tuple2<AccountRole, Transaction> end) {
    return end.f0 == AccountRole.PAYER ? end.f1.getPayerAccount() : payee(end.f1);
  }

  private static String counterparty(Tuple2<AccountRole, Transaction> end) {
    return end.f0 == AccountRole.PAYER ? payee(end.f1) : end.f1.getPayerAccount();
  }

  private static String payee(Transaction payment) {
    return Objects.requireNonNull(payment.getPayeeAccount());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    fans = SignalSet.fans();
    units = new MajorUnits();
    KeyedStateStore states = context.getKeyedStateStore();
    var longs = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    store =
        new KeyedFans(
            states.getState(new ValueStateDescriptor<>("header", longs)),
            states.getMapState(new MapStateDescriptor<>("log", Types.LONG, longs)),
            states.getMapState(new MapStateDescriptor<>("peers", Types.LONG, Types.INT)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    signals = new EnumMap<>(AccountRole.class);
    for (AccountRole role : AccountRole.values()) {
      signals.put(
          role,
          getMetricGroup().addGroup("role", Tag.text(role)).counter(GraphMetric.SIGNALS.metric()));
    }
  }

  @Override
  protected long timeOf(Tuple2<AccountRole, Transaction> end) {
    return end.f1.getEventTimeMs();
  }

  @Override
  protected int compareTies(
      Tuple2<AccountRole, Transaction> left, Tuple2<AccountRole, Transaction> right) {
    int byId = left.f1.getTransactionId().compareTo(right.f1.getTransactionId());
    return byId != 0 ? byId : left.f0.compareTo(right.f0);
  }

  @Override
  protected void process(Tuple2<AccountRole, Transaction> end, boolean late) {
    Transaction payment = end.f1;
    Fans known =
        fans.add(
            store,
            new End(
                payment.getEventTimeMs(),
                end.f0 == AccountRole.PAYEE,
                fingerprint(counterparty(end)),
                payment.getAmountMinor(),
                fingerprint(payment.getTransactionId())));
    emit(
        new GraphSignal(
            payment.getTransactionId(),
            payment.getEventTimeMs(),
            payment.getIngestedAtMs(),
            account(end),
            end.f0,
            counterparty(end),
            SignalSet.current().digest(),
            SignalSet.values(known, payment.getCurrency(), units),
            late),
        payment.getEventTimeMs());
    Objects.requireNonNull(signals.get(end.f0)).inc();
  }

  /** The current key's fans in Flink's backend. */
  private record KeyedFans(
      ValueState<long[]> headers, MapState<Long, long[]> log, MapState<Long, Integer> peers)
      implements FanStore {
    @Override
    public long @Nullable [] header() {
      return read(headers::value);
    }

    @Override
    public void putHeader(long[] header) {
      write(() -> headers.update(header));
    }

    @Override
    public long[] chunk(long id) {
      long[] chunk = read(() -> log.get(id));
      if (chunk == null) {
        throw new IllegalStateException("fan state has no chunk " + id + ": it is damaged");
      }
      return chunk;
    }

    @Override
    public void putChunk(long id, long[] chunk) {
      write(() -> log.put(id, chunk));
    }

    @Override
    public void removeChunk(long id) {
      write(() -> log.remove(id));
    }

    @Override
    public int peerCount(long peer) {
      Integer count = read(() -> peers.get(peer));
      return count == null ? 0 : count;
    }

    @Override
    public void putPeerCount(long peer, int count) {
      write(
          () -> {
            if (count == 0) {
              peers.remove(peer);
            } else {
              peers.put(peer, count);
            }
          });
    }

    private static <T> @Nullable T read(Callable<@Nullable T> read) {
      try {
        return read.call();
      } catch (Exception e) {
        throw new IllegalStateException("fan state cannot be read", e);
      }
    }

    private static void write(ThrowingRunnable<Exception> write) {
      try {
        write.run();
      } catch (Exception e) {
        throw new IllegalStateException("fan state cannot be written", e);
      }
    }
  }
}
