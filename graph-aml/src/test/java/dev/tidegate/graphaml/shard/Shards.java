package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.Payment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The sharded graph in one thread: every stage on so many shards, a first-in-first-out channel from
 * each shard of a stage to each of the next, and a random choice of which channel delivers next.
 * Watermarks travel in the channels, as Flink's do.
 */
final class Shards {
  private static final int STAGES = Rounds.COUNT + 1;

  private final ShardSettings settings;
  private final int shards;
  private final Random random;
  private final List<Channel> channels = new ArrayList<>();
  private final Map<Long, Found> found = new LinkedHashMap<>();
  private final List<List<Node>> accounts = new ArrayList<>();
  private final List<List<Node>> gathers = new ArrayList<>();
  private final Node components;

  /** A message or a watermark. */
  private record Parcel(Object content, boolean watermark) {}

  private record Channel(Node from, Node to, Deque<Parcel> parcels) {}

  /** One shard of one stage. */
  private abstract static class Node {
    final List<Channel> out = new ArrayList<>();
    final Map<Channel, Long> marks = new HashMap<>();
    long watermarkMs = Long.MIN_VALUE;

    abstract void receive(Object message);

    abstract void advance();

    void deliver(Channel channel) {
      Parcel parcel = channel.parcels().remove();
      if (!parcel.watermark()) {
        receive(parcel.content());
        return;
      }
      marks.put(channel, (Long) parcel.content());
      long lowest = marks.values().stream().mapToLong(Long::longValue).min().orElseThrow();
      if (lowest > watermarkMs) {
        watermarkMs = lowest;
        advance();
        out.forEach(next -> next.parcels().add(new Parcel(watermarkMs, true)));
      }
    }

    void send(List<Node> stage, long key, Object message) {
      Node to = stage.get(Math.floorMod(Long.hashCode(key * 0x9E3779B97F4A7C15L), stage.size()));
      out.stream()
          .filter(channel -> channel.to() == to)
          .findFirst()
          .orElseThrow()
          .parcels()
          .add(new Parcel(message, false));
    }
  }

  /** Feeds the payments in. */
  private static final class Source extends Node {
    @Override
    void receive(Object message) {
      throw new IllegalStateException("nothing comes to a source");
    }

    @Override
    void advance() {}
  }

  /** Messages in the order of time, as the operators' base class has them. */
  private abstract static class Ordered extends Node {
    private final PriorityQueue<Question> waiting =
        new PriorityQueue<>(
            Comparator.comparingLong((Question question) -> question.about().timeMs())
                .thenComparing(Question::about, Transfer::compareTies)
                .thenComparing(question -> question.keeps() ? 0 : 1));

    abstract void process(Question question, boolean late);

    @Override
    void receive(Object message) {
      Question question = (Question) message;
      if (question.about().timeMs() <= watermarkMs) {
        process(question, true);
      } else {
        waiting.add(question);
      }
    }

    @Override
    void advance() {
      while (!waiting.isEmpty() && waiting.peek().about().timeMs() <= watermarkMs) {
        process(waiting.remove(), false);
      }
    }
  }

  private final class AccountNode extends Ordered {
    private final int round;
    private final AccountAnswers answers = new AccountAnswers(settings);
    private final Map<Long, Ledger> ledgers = new HashMap<>();

    AccountNode(int round) {
      this.round = round;
    }

    @Override
    void process(Question question, boolean late) {
      List<Reply> replies = new ArrayList<>();
      for (Ask ask : question.asks()) {
        Ledger ledger = ledgers.computeIfAbsent(ask.account(), first -> new Ledger());
        Reply reply = answers.answer(ledger, ask, late);
        if (reply != null) {
          replies.add(reply);
        }
      }
      if (!replies.isEmpty()) {
        send(gathers.get(round), question.about().id(), Mail.of(replies));
      }
    }
  }

  private final class ComponentsNode extends Ordered {
    private Connectivity connectivity = new Connectivity(settings);

    @Override
    void process(Question question, boolean late) {
      Reply reply = connectivity.answer(question.asks().get(0));
      if (random.nextInt(8) == 0) {
        Connectivity restored = new Connectivity(settings);
        restored.restore(connectivity.words());
        connectivity = restored;
      }
      send(gathers.get(Rounds.COUNT), question.about().id(), Mail.of(List.of(reply)));
    }
  }

  private final class GatherNode extends Node {
    private final int round;
    private final Gathering gathering;
    private final Interview interview;
    private final Searches searches = new Searches(settings.graph());

    GatherNode(int round) {
      this.round = round;
      gathering = new Gathering(settings, round);
      interview = new Interview(settings, round);
    }

    @Override
    void receive(Object message) {
      Inquiry complete = gathering.take((Mail) message);
      if (complete != null) {
        goOn(complete);
      }
    }

    @Override
    void advance() {
      gathering.advance(watermarkMs, this::goOn);
    }

    private void goOn(Inquiry inquiry) {
      if (round == Rounds.COUNT) {
        Found result = searches.find(inquiry);
        if (found.put(result.id(), result) != null) {
          throw new IllegalStateException("told twice: " + result);
        }
        return;
      }
      Question component = interview.component(inquiry);
      if (component != null) {
        send(List.of(components), 0, component);
      }
      interview
          .next(inquiry)
          .forEach(question -> send(accounts.get(round + 1), question.shard(), question));
      send(gathers.get(round + 1), inquiry.about.id(), Mail.of(inquiry));
    }
  }

  Shards(ShardSettings settings, int shards, long seed) {
    this.settings = settings;
    this.shards = shards;
    random = new Random(seed);
    components = new ComponentsNode();
    for (int round = 0; round < STAGES; round++) {
      List<Node> answering = new ArrayList<>();
      List<Node> gathering = new ArrayList<>();
      for (int i = 0; i < shards; i++) {
        answering.add(new AccountNode(round));
        gathering.add(new GatherNode(round));
      }
      accounts.add(answering);
      gathers.add(gathering);
    }
  }

  /**
   * What is found about payments that come in this order.
   *
   * @param boundMs how far the watermark stays behind the newest payment
   */
  Map<Long, Found> run(List<Payment> arriving, long boundMs) {
    List<Node> sources = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      sources.add(new Source());
    }
    wire(sources);
    long newestMs = Long.MIN_VALUE;
    for (Payment payment : arriving) {
      Node source = sources.get(random.nextInt(sources.size()));
      Transfer transfer = Transfer.of(payment, settings.graph());
      for (int round = 0; round < STAGES; round++) {
        for (Question question : Question.keep(transfer, round == 0, settings.shards())) {
          source.send(accounts.get(round), question.shard(), question);
        }
      }
      newestMs = Math.max(newestMs, payment.timeMs());
      mark(sources.get(random.nextInt(sources.size())), newestMs - boundMs - 1);
      for (int i = random.nextInt(12); i > 0 && deliver(); i--) {}
    }
    sources.forEach(source -> mark(source, Long.MAX_VALUE));
    while (deliver()) {}
    return found;
  }

  private static void mark(Node source, long watermarkMs) {
    source.out.forEach(channel -> channel.parcels().add(new Parcel(watermarkMs, true)));
  }

  private boolean deliver() {
    List<Channel> full = channels.stream().filter(channel -> !channel.parcels().isEmpty()).toList();
    if (full.isEmpty()) {
      return false;
    }
    Channel next = full.get(random.nextInt(full.size()));
    next.to().deliver(next);
    return true;
  }

  private void wire(List<Node> sources) {
    for (int round = 0; round < STAGES; round++) {
      wire(sources, accounts.get(round));
      wire(accounts.get(round), gathers.get(round));
      if (round > 0) {
        wire(gathers.get(round - 1), accounts.get(round));
        wire(gathers.get(round - 1), gathers.get(round));
      }
    }
    wire(gathers.get(0), List.of(components));
    wire(List.of(components), gathers.get(Rounds.COUNT));
  }

  private void wire(List<Node> from, List<Node> to) {
    for (Node one : from) {
      for (Node other : to) {
        Channel channel = new Channel(one, other, new ArrayDeque<>());
        channels.add(channel);
        one.out.add(channel);
        other.marks.put(channel, Long.MIN_VALUE);
      }
    }
  }
}
