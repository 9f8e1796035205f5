package dev.tidegate.graphaml;

import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.EdgeBytes;
import dev.tidegate.graphaml.pattern.EpisodeStore;
import dev.tidegate.graphaml.pattern.Ledger;
import dev.tidegate.graphaml.temporal.Hop;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What patterns keep in Flink's backend, under the key that is set when it is used: for each
 * payment that a graph may yet ask for what evidence needs, and the open episodes.
 */
public record KeyedEvidence(MapState<Long, byte[]> payments, MapState<String, byte[]> episodes)
    implements EpisodeStore, Ledger {

  /** In a task's keyed state. */
  public static KeyedEvidence of(KeyedStateStore states) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    return new KeyedEvidence(
        states.getMapState(new MapStateDescriptor<>("graph-payments", Types.LONG, bytes)),
        states.getMapState(new MapStateDescriptor<>("graph-episodes", Types.STRING, bytes)));
  }

  /** Keeps what evidence needs of a payment until it is dropped. */
  public void keep(Edge edge) {
    KeyedLog.write(() -> payments.put(edge.hop().payment(), EdgeBytes.bytes(edge)));
  }

  /** No graph asks for the payment any more. */
  public void drop(long payment) {
    KeyedLog.write(() -> payments.remove(payment));
  }

  @Override
  public Edge edge(Hop hop) {
    byte[] known = KeyedLog.read(() -> payments.get(hop.payment()));
    if (known == null) {
      throw new IllegalStateException(
          "the graph's state lacks a payment of its log: it is damaged");
    }
    return EdgeBytes.read(known);
  }

  @Override
  public void each(Consumer<byte[]> reader) {
    KeyedLog.write(
        () -> {
          for (byte[] episode : episodes.values()) {
            reader.accept(episode);
          }
        });
  }

  @Override
  public void put(String id, byte[] episode) {
    KeyedLog.write(() -> episodes.put(id, episode));
  }

  @Override
  public void remove(String id) {
    KeyedLog.write(() -> episodes.remove(id));
  }
}
