package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.SignalLayout;
import java.util.Arrays;
import java.util.Set;

/**
 * Components of the whole graph, by payments of this epoch of time and the one before, as the
 * graph's kernel has them: two forests, begun an epoch apart. Every payment asks here, so there is
 * one of these, whatever the number of shards; a question costs practically constant time.
 */
final class Connectivity {
  private final long epochMs;
  private final Set<Long> risky;
  private final SignalList signals;
  private Forest older;
  private Forest younger;
  private long epoch = Long.MIN_VALUE;
  private long newestMs = Long.MIN_VALUE;

  Connectivity(ShardSettings settings) {
    epochMs = settings.graph().horizons().epochMs();
    risky = settings.risky();
    signals = new SignalList(new SignalLayout(settings.graph()));
    older = new Forest(Long.MIN_VALUE, risky);
    younger = new Forest(Long.MIN_VALUE, risky);
  }

  /** Joins the ends of a payment, if it joins any, and tells about their component. */
  Reply answer(Ask ask) {
    Transfer at = ask.about();
    advance(Math.max(newestMs, at.timeMs()));
    long source = at.source();
    long target = at.target();
    int before = Math.max(older.size(source), older.size(target));
    boolean joins = ask.wants(Ask.JOIN) && at.timeMs() >= older.sinceMs;
    if (joins) {
      older.join(source, target);
    }
    if (joins && at.timeMs() >= younger.sinceMs) {
      younger.join(source, target);
    }
    long larger = older.size(target) > older.size(source) ? target : source;
    int size = older.size(larger);
    signals.clear();
    signals.set(Pattern.COMPONENT_SIZE, size);
    signals.set(Pattern.COMPONENT_GROWTH, size - before);
    signals.set(Pattern.COMPONENT_RISKY_SHARE, (double) older.risky(larger) / size);
    signals.set(Pattern.COMPONENT_RECENT, Math.max(younger.size(source), younger.size(target)));
    return new Reply(
        at, 0, Reply.COMPONENTS, signals.toArray(), Trail.EMPTY, Trail.EMPTY, Ask.NOTHING_IN, 0);
  }

  private void advance(long nowMs) {
    newestMs = nowMs;
    long now = Math.floorDiv(nowMs, epochMs);
    if (now == epoch) {
      return;
    }
    older = now == epoch + 1 ? younger : new Forest((now - 1) * epochMs, risky);
    younger = new Forest(now * epochMs, risky);
    epoch = now;
  }

  /** Newest time, epoch, number of words of the older forest, both forests. */
  long[] words() {
    long[] first = older.pairs();
    long[] second = younger.pairs();
    long[] words = new long[3 + first.length + second.length];
    words[0] = newestMs;
    words[1] = epoch;
    words[2] = first.length;
    System.arraycopy(first, 0, words, 3, first.length);
    System.arraycopy(second, 0, words, 3 + first.length, second.length);
    return words;
  }

  /** Goes on from what {@link #words} told. */
  void restore(long[] words) {
    newestMs = words[0];
    epoch = words[1];
    int border = 3 + (int) words[2];
    older = Forest.of((epoch - 1) * epochMs, Arrays.copyOfRange(words, 3, border), risky);
    younger = Forest.of(epoch * epochMs, Arrays.copyOfRange(words, border, words.length), risky);
  }
}
