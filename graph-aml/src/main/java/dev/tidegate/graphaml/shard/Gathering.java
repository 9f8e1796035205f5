package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.SignalLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Inquiries and the answers of one round, put together in whatever order they come. In the first
 * round an inquiry begins with its first answer. One that is not complete when the watermark is a
 * bound beyond it goes on as it is, and says so; answers to it that come later are let go.
 */
final class Gathering {
  private final int round;
  private final long boundMs;
  private final SignalLayout layout;
  private final Map<Transfer, Open> open = new HashMap<>();
  private long watermarkMs = Long.MIN_VALUE;
  private long nextDueMs = Long.MAX_VALUE;

  /** An inquiry that is not complete, or answers whose inquiry has not come. */
  private static final class Open {
    @Nullable Inquiry inquiry;
    final List<Reply> replies = new ArrayList<>(2);
    final long dueMs;

    Open(long dueMs) {
      this.dueMs = dueMs;
    }

    /** Gives the answers that have come to the inquiry, if it has. */
    private boolean isComplete() {
      if (inquiry == null) {
        return false;
      }
      replies.forEach(inquiry::take);
      replies.clear();
      return inquiry.open == 0;
    }
  }

  /**
   * Of a round.
   *
   * @param round 0 for the answers of a payment's ends, up to {@link Rounds#COUNT}
   */
  Gathering(ShardSettings settings, int round) {
    this.round = round;
    // The bound is that of all rounds together.
    boundMs = settings.boundMs() * (round + 1) / (Rounds.COUNT + 1);
    layout = new SignalLayout(settings.graph());
  }

  /** Takes an inquiry or an answer; the inquiry that this completes, or null. */
  @Nullable Inquiry take(Mail mail) {
    Transfer about = mail.about();
    Inquiry inquiry = mail.inquiry();
    if (inquiry != null && inquiry.open == 0) {
      return inquiry;
    }
    Open taking = open.computeIfAbsent(about, first -> begin(about));
    taking.inquiry = inquiry != null ? inquiry : taking.inquiry;
    taking.replies.addAll(mail.replies());
    if (taking.isComplete()) {
      open.remove(about);
      return taking.inquiry;
    }
    return null;
  }

  private Open begin(Transfer about) {
    Open begun = new Open(saturated(Math.max(watermarkMs, about.timeMs()), boundMs));
    nextDueMs = Math.min(nextDueMs, begun.dueMs);
    if (round == 0) {
      begun.inquiry = Inquiry.begin(about, layout);
    }
    return begun;
  }

  private static long saturated(long timeMs, long more) {
    return timeMs > Long.MAX_VALUE - more ? Long.MAX_VALUE : timeMs + more;
  }

  /** The watermark is now this: tells inquiries whose bound is behind it as they are. */
  void advance(long nowMs, Consumer<Inquiry> cut) {
    watermarkMs = nowMs;
    if (nowMs <= nextDueMs) {
      return;
    }
    nextDueMs = Long.MAX_VALUE;
    for (Iterator<Open> each = open.values().iterator(); each.hasNext(); ) {
      Open late = each.next();
      if (late.dueMs < nowMs) {
        each.remove();
        if (late.inquiry != null) {
          late.inquiry.cut = true;
          cut.accept(late.inquiry);
        }
      } else {
        nextDueMs = Math.min(nextDueMs, late.dueMs);
      }
    }
  }

  /** How many payments are not complete. */
  int size() {
    return open.size();
  }

  /** Shows all that has come and is not complete. */
  void each(Consumer<Mail> receiver) {
    for (Open one : open.values()) {
      if (one.inquiry != null) {
        receiver.accept(Mail.of(one.inquiry));
      }
      if (!one.replies.isEmpty()) {
        receiver.accept(Mail.of(List.copyOf(one.replies)));
      }
    }
  }

  /** Takes back what {@link #each} showed. */
  void restore(Mail mail) {
    Open one = open.computeIfAbsent(mail.about(), this::begin);
    if (mail.inquiry() != null) {
      one.inquiry = mail.inquiry();
    }
    one.replies.addAll(mail.replies());
  }
}
