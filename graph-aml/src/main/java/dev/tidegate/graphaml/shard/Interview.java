package dev.tidegate.graphaml.shard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a round of answers is complete: whom to ask next, and in the first round
 * whether the payment joins components.
 */
final class Interview {
  private final int round;
  private final int shards;
  private final Rounds rounds;

  Interview(ShardSettings settings, int round) {
    this.round = round;
    shards = settings.shards();
    rounds = new Rounds(settings.graph());
  }

  /** Questions of the round that follows, whose answers the inquiry waits for. None at last. */
  List<Question> next(Inquiry inquiry) {
    if (round == Rounds.COUNT) {
      return List.of();
    }
    List<Ask> asks = rounds.asks(inquiry, round + 1);
    // The components' answer comes in the last round: there is most time until then.
    inquiry.open = asks.size() + (round + 1 == Rounds.COUNT ? 1 : 0);
    return Question.of(inquiry.about, asks, shards);
  }

  /** The question to the keeper of components, in the first round. */
  @Nullable Question component(Inquiry inquiry) {
    if (round > 0) {
      return null;
    }
    Ask ask = Ask.component(inquiry.about, inquiry.searches());
    return new Question(inquiry.about, 0, List.of(ask));
  }
}
