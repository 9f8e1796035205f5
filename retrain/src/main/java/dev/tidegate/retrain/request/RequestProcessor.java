package dev.tidegate.retrain.request;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRequest;
import java.time.Duration;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Readings and steps of releases to requests; time is that of the records. */
final class RequestProcessor implements Processor<byte[], SpecificRecord, String, RetrainRequest> {
  static final String STORE = "retrain-causes";
  private static final String WATCH = "watch";
  private static final String STEP = "step-";
  private static final String STEPS_END = "step.";
  private static final Duration TICK = Duration.ofMinutes(1);

  // configuration
  private final RequestTopology.Watched watched;
  private final LogEnds ends;
  private final EventCodec<ModelRelease> steps;
  private final RequestMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, RetrainRequest> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private CauseWatch watch;
  private ChampionLine champions;

  RequestProcessor(
      RequestTopology.Watched watched, LogEnds ends, SchemaRegistry registry, RequestMeter meter) {
    this.watched = watched;
    this.ends = ends;
    this.meter = meter;
    steps = EventCodec.of(Topics.MODELS, ModelRelease.class, registry);
    watch = new CauseWatch(watched.policy());
    champions = new ChampionLine(watched.first(), watched.known());
  }

  @Override
  public void init(ProcessorContext<String, RetrainRequest> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    watch = new CauseWatch(watched.policy());
    byte[] kept = opened.get(WATCH);
    if (kept != null) {
      watch.restore(kept);
    }
    champions = new ChampionLine(watched.first(), watched.known());
    try (KeyValueIterator<String, byte[]> taken = opened.range(STEP, STEPS_END)) {
      while (taken.hasNext()) {
        KeyValue<String, byte[]> step = taken.next();
        champions.apply(steps.decode(step.value));
      }
    }
    started.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<byte[], SpecificRecord> read) {
    if (read.value() instanceof ModelRelease step) {
      stepped(step);
    } else if (read.value() instanceof DriftMeasurement reading
        && reading.getRelease().equals(champions.inCharge().release())) {
      meter.read(reading);
      answer(watch.observe(reading, read.timestamp()), read.timestamp());
    }
  }

  private void stepped(ModelRelease step) {
    KeyValueStore<String, byte[]> kept = store;
    if (kept == null || !step.getModel().equals(watched.first().model())) {
      return;
    }
    String before = champions.inCharge().release();
    champions.apply(step);
    kept.put(String.format(Locale.ROOT, "%s%010d", STEP, champions.applied()), steps.encode(step));
    if (!before.equals(champions.inCharge().release())) {
      watch.begin();
      kept.put(WATCH, watch.bytes());
    }
  }

  private void tick(long nowMs) {
    answer(watch.tick(nowMs), nowMs);
  }

  private void answer(@Nullable Cause cause, long atMs) {
    ProcessorContext<String, RetrainRequest> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null) {
      return;
    }
    kept.put(WATCH, watch.bytes());
    if (cause != null) {
      RetrainRequest request = CausedRequest.of(cause, champions.inCharge(), ends.now(), atMs);
      meter.requested(cause.kind());
      out.forward(new Record<>(request.getModel(), request, atMs));
    }
  }
}
