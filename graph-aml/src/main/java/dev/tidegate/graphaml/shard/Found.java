package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.Hop;
import java.util.List;

/**
 * What the shards found about one payment.
 *
 * @param id the payment's id or a fingerprint of it
 * @param source the paying account
 * @param target the paid account
 * @param timeMs the payment's time
 * @param values in the order of {@link dev.tidegate.graphaml.temporal.SignalLayout#names()}
 * @param cycles as {@link dev.tidegate.graphaml.temporal.Findings#cycles()}
 * @param middlemen as {@link dev.tidegate.graphaml.temporal.Findings#middlemen()}
 * @param late it came behind the watermark and was answered over what had come by then
 * @param cut the bound cut off answers that had not come
 */
@SuppressWarnings("ArrayRecordComponent") // as Findings; compare what is in it
public record Found(
    long id,
    long source,
    long target,
    long timeMs,
    double[] values,
    List<List<Hop>> cycles,
    List<Hop> middlemen,
    boolean late,
    boolean cut) {}
