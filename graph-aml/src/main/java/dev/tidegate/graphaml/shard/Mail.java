package dev.tidegate.graphaml.shard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes to where a payment's answers are collected: the inquiry so far, or answers.
 *
 * @param inquiry null where there are answers
 * @param replies answers about one payment; none with an inquiry
 */
record Mail(@Nullable Inquiry inquiry, List<Reply> replies) {
  static Mail of(Inquiry inquiry) {
    return new Mail(inquiry, List.of());
  }

  /** Answers, one at least. */
  static Mail of(List<Reply> replies) {
    return new Mail(null, replies);
  }

  /** The payment that it is about. */
  Transfer about() {
    return inquiry != null ? inquiry.about : replies.get(0).about();
  }
}
