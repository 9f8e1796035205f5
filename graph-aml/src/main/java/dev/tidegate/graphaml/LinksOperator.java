package dev.tidegate.graphaml;

import dev.tidegate.graphaml.links.ClusterEvent;
import dev.tidegate.graphaml.links.EntityLinks;
import dev.tidegate.graphaml.links.IdentifierKind;
import dev.tidegate.graphaml.links.LinkSettings;
import dev.tidegate.graphaml.links.LinksStore;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Sightings to changes of clusters, in one task: clusters know no key. What is known lives on the
 * heap; a checkpoint writes the edges and clusters that changed since the one before.
 */
final class LinksOperator extends EventTimeOrderOperator<Sighting, ClusterChange> {
  /** The one key of all sightings. */
  static final int KEY = 0;

  @Serial private static final long serialVersionUID = 1L;

  private static final Comparator<Sighting> TIES =
      Comparator.comparing(Sighting::getKind)
          .thenComparing(Sighting::getValue)
          .thenComparing(Sighting::getMember);

  // configuration
  private final LinkSettings settings;

  // runtime
  private transient EntityLinks links;
  private transient KeptLinks kept;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  LinksOperator(LinkSettings settings) {
    super(
        EventTypeInformation.forEvent(Sighting.class).createSerializer(new SerializerConfigImpl()),
        LinksMetric.LATE,
        LinksMetric.WAITING);
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept = KeptLinks.of(context.getKeyedStateStore());
    setCurrentKey(KEY);
    Long nowMs = kept.nowMs().value();
    links =
        nowMs == null
            ? new EntityLinks(settings)
            : EntityLinks.read(nowMs, kept.edges().values(), kept.clusters().values(), settings);
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge(LinksMetric.EDGES.metric(), links::edges);
    getMetricGroup().gauge(LinksMetric.CLUSTERS.metric(), links::clusterCount);
  }

  @Override
  protected long timeOf(Sighting sighting) {
    return sighting.getSeenAtMs();
  }

  @Override
  protected int compareTies(Sighting left, Sighting right) {
    return TIES.compare(left, right);
  }

  @Override
  protected void process(Sighting sighting, boolean late) {
    IdentifierKind kind = ClusterChanges.kind(sighting.getKind());
    if (kind != null) {
      send(
          links.see(
              new dev.tidegate.graphaml.links.Sighting(
                  sighting.getSeenAtMs(), sighting.getMember(), kind, sighting.getValue())));
    }
  }

  /** Lets go of what expired; not at the end of all input, where everything would. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    if (mark.getTimestamp() != Long.MAX_VALUE) {
      send(links.advance(mark.getTimestamp()));
    }
  }

  private void send(List<ClusterEvent> events) {
    for (ClusterEvent event : events) {
      for (ClusterChange change : ClusterChanges.of(event, links)) {
        emit(change, event.atMs());
      }
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    links.flush(kept);
    kept.nowMs().update(links.nowMs());
    super.snapshotState(context);
  }

  /** Edges and clusters in Flink's backend. */
  private record KeptLinks(
      ValueState<Long> nowMs, MapState<String, byte[]> edges, MapState<String, byte[]> clusters)
      implements LinksStore {
    static KeptLinks of(KeyedStateStore states) {
      var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
      return new KeptLinks(
          states.getState(new ValueStateDescriptor<>("links-now", Types.LONG)),
          states.getMapState(new MapStateDescriptor<>("links-edges", Types.STRING, bytes)),
          states.getMapState(new MapStateDescriptor<>("links-clusters", Types.STRING, bytes)));
    }

    @Override
    public void putEdge(String key, byte[] edge) {
      write(() -> edges.put(key, edge));
    }

    @Override
    public void removeEdge(String key) {
      write(() -> edges.remove(key));
    }

    @Override
    public void putCluster(String id, byte[] cluster) {
      write(() -> clusters.put(id, cluster));
    }

    @Override
    public void removeCluster(String id) {
      write(() -> clusters.remove(id));
    }

    private static void write(ThrowingRunnable<Exception> write) {
      try {
        write.run();
      } catch (Exception e) {
        throw new IllegalStateException("entity links cannot be written", e);
      }
    }
  }
}
