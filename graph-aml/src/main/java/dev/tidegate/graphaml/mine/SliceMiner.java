package dev.tidegate.graphaml.mine;

import dev.tidegate.graphaml.mine.AccountFinding.Part;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All searches over the payments of one slice of time. The same payments give the same results in
 * whatever order they are given.
 */
public final class SliceMiner {
  private final MineSettings settings;
  private final PaymentValue value;
  private final String digest;

  /**
   * A miner.
   *
   * @param digest names the settings on each case
   */
  public SliceMiner(MineSettings settings, PaymentValue value, String digest) {
    this.settings = settings;
    this.value = value;
    this.digest = digest;
  }

  /**
   * What was found.
   *
   * @param cases dense flows and bicliques, not ranked yet, the best of each first
   * @param accounts of every account that is no hub
   * @param cut whether the search for bicliques ran out of steps
   */
  public record Found(List<PatternAlert> cases, List<AccountFinding> accounts, boolean cut) {}

  /**
   * Searches a slice.
   *
   * @param fromMs its begin
   * @param payments those of it that have a paid account, each once
   */
  public Found mine(long fromMs, List<Transaction> payments) {
    Slice slice = new Slice(fromMs, payments, value, settings.hubDegree());
    CaseWriter writer = new CaseWriter(slice, value, settings, digest);
    List<PatternAlert> cases = new ArrayList<>();
    Part[] flows = flows(slice, writer, cases);
    BicliqueSearch.Found bicliques =
        new BicliqueSearch(
                settings.bicliques().payers(),
                settings.bicliques().payees(),
                settings.bicliques().steps())
            .find(slice.graph);
    Part[] sides = bicliques(slice, writer, bicliques.bicliques(), cases);
    return new Found(cases, accounts(slice, flows, sides), bicliques.cut());
  }

  private @Nullable Part[] flows(Slice slice, CaseWriter writer, List<PatternAlert> cases) {
    MineSettings.Flows wanted = settings.flows();
    @Nullable Part[] parts = new Part[slice.names.size()];
    List<DenseFlow> found =
        new DenseFlowSearch(wanted.parts(), wanted.lambda())
            .all(slice.graph, wanted.searches(), wanted.middle());
    for (DenseFlow flow : found) {
      List<Integer> middle = flow.middle();
      PatternAlert one =
          writer.write(
              new CaseWriter.Outline(
                  MinedSearch.DENSE_FLOW,
                  busiest(slice.graph, flow),
                  middle.size(),
                  wanted.middle(),
                  flow.score(),
                  flow.accounts()),
              flow.links());
      cases.add(one);
      for (int account : flow.accounts()) {
        if (parts[account] == null) {
          parts[account] = new Part(one.getAlertId(), flow.partOf(account), flow.score());
        }
      }
    }
    return parts;
  }

  /** Of the accounts that pass money on, the one that is paid most within the flow. */
  private static int busiest(MoneyGraph graph, DenseFlow flow) {
    long[] paid = new long[graph.accounts()];
    for (int link : flow.links()) {
      paid[graph.payee(link)] += graph.amount(link);
    }
    return most(paid, flow.middle());
  }

  private static int most(long[] amounts, List<Integer> accounts) {
    int best = accounts.get(0);
    for (int account : accounts) {
      if (amounts[account] > amounts[best]) {
        best = account;
      }
    }
    return best;
  }

  private @Nullable Part[] bicliques(
      Slice slice, CaseWriter writer, List<Biclique> found, List<PatternAlert> cases) {
    @Nullable Part[] parts = new Part[slice.names.size()];
    int least = Math.min(settings.bicliques().payers(), settings.bicliques().payees());
    for (Biclique one : found.subList(0, Math.min(found.size(), settings.bicliques().listed()))) {
      List<Integer> links = links(slice.graph, one);
      long[] paid = new long[slice.graph.accounts()];
      links.forEach(link -> paid[slice.graph.payee(link)] += slice.graph.amount(link));
      PatternAlert written =
          writer.write(
              new CaseWriter.Outline(
                  MinedSearch.BICLIQUE,
                  most(paid, one.payees()),
                  one.width(),
                  least,
                  one.score(),
                  Stream.concat(one.payers().stream(), one.payees().stream())
                      .distinct()
                      .sorted()
                      .toList()),
              links);
      cases.add(written);
      note(parts, one.payers(), new Part(written.getAlertId(), 0, one.score()));
      note(parts, one.payees(), new Part(written.getAlertId(), 1, one.score()));
    }
    return parts;
  }

  private static void note(@Nullable Part[] parts, List<Integer> accounts, Part part) {
    for (int account : accounts) {
      if (parts[account] == null) {
        parts[account] = part;
      }
    }
  }

  private static List<Integer> links(MoneyGraph graph, Biclique one) {
    return one.payers().stream()
        .flatMap(payer -> one.payees().stream().map(payee -> graph.link(payer, payee)))
        .toList();
  }

  private List<AccountFinding> accounts(
      Slice slice, @Nullable Part[] flows, @Nullable Part[] sides) {
    MoneyGraph graph = slice.graph;
    int[] communities = new CommunitySearch(settings.seed()).find(graph);
    int[] sizes = new int[communities.length];
    long[] touching = new long[communities.length];
    long[] inside = new long[communities.length];
    for (int community : communities) {
      sizes[community]++;
    }
    for (int link = 0; link < graph.links(); link++) {
      int from = communities[graph.payer(link)];
      int to = communities[graph.payee(link)];
      touching[from] += graph.payments(link);
      if (from == to) {
        inside[from] += graph.payments(link);
      } else {
        touching[to] += graph.payments(link);
      }
    }
    List<AccountFinding> findings = new ArrayList<>();
    for (int account = 0; account < communities.length; account++) {
      int community = communities[account];
      findings.add(
          new AccountFinding(
              slice.fromMs,
              slice.names.get(account),
              flows[account],
              sides[account],
              Objects.requireNonNull(slice.names.get(community)),
              sizes[community],
              touching[community] == 0 ? 0 : (double) inside[community] / touching[community]));
    }
    return findings;
  }
}
