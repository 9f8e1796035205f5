package dev.tidegate.graphaml.shard;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What comes to where a payment's answers are collected: the inquiry so far, or an answer. */
record Mail(@Nullable Inquiry inquiry, @Nullable Reply reply) {
  static Mail of(Inquiry inquiry) {
    return new Mail(inquiry, null);
  }

  static Mail of(Reply reply) {
    return new Mail(null, reply);
  }

  /** The payment that it is about. */
  Transfer about() {
    return inquiry != null ? inquiry.about : Objects.requireNonNull(reply).about();
  }
}
