package dev.tidegate.graphaml.mine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Who paid whom how much: accounts by number, links sorted by payer and then payee, no link from an
 * account to itself. Immutable.
 */
public final class MoneyGraph {
  private final int accounts;
  private final int[] payers;
  private final int[] payees;
  private final long[] amounts;
  private final int[] payments;
  private final int[] outStart;
  private final int[] inStart;
  private final int[] inLinks;

  private MoneyGraph(int accounts, int[] payers, int[] payees, long[] amounts, int[] payments) {
    this.accounts = accounts;
    this.payers = payers;
    this.payees = payees;
    this.amounts = amounts;
    this.payments = payments;
    outStart = starts(payers);
    inStart = starts(payees);
    inLinks = new int[payees.length];
    int[] next = inStart.clone();
    for (int link = 0; link < payees.length; link++) {
      inLinks[next[payees[link]]++] = link;
    }
  }

  /** Where each account's links begin, when links are sorted by this end. */
  private int[] starts(int[] ends) {
    int[] starts = new int[accounts + 1];
    for (int end : ends) {
      starts[end + 1]++;
    }
    for (int i = 0; i < accounts; i++) {
      starts[i + 1] += starts[i];
    }
    return starts;
  }

  /** Collects payments. */
  public static final class Builder {
    private final int accounts;
    private final Map<Long, long[]> sums = new HashMap<>();

    /** For accounts {@code 0} to {@code accounts - 1}. */
    public Builder(int accounts) {
      this.accounts = accounts;
    }

    /** One payment; of an account to itself, or of no positive amount, it is no link. */
    public Builder add(int payer, int payee, long amount) {
      if (payer != payee && amount > 0) {
        long[] sum = sums.computeIfAbsent(((long) payer << 32) | payee, unknown -> new long[2]);
        sum[0] += amount;
        sum[1]++;
      }
      return this;
    }

    /** The graph of what was added; the order of payments means nothing. */
    public MoneyGraph build() {
      long[] keys = sums.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      int[] payers = new int[keys.length];
      int[] payees = new int[keys.length];
      long[] amounts = new long[keys.length];
      int[] payments = new int[keys.length];
      for (int i = 0; i < keys.length; i++) {
        payers[i] = (int) (keys[i] >>> 32);
        payees[i] = (int) keys[i];
        long[] sum = sums.getOrDefault(keys[i], new long[2]);
        amounts[i] = sum[0];
        payments[i] = Math.toIntExact(sum[1]);
      }
      return new MoneyGraph(accounts, payers, payees, amounts, payments);
    }
  }

  /** How many accounts there are. */
  public int accounts() {
    return accounts;
  }

  /** How many links there are. */
  public int links() {
    return payers.length;
  }

  /** Who pays over a link. */
  public int payer(int link) {
    return payers[link];
  }

  /** Who is paid over a link. */
  public int payee(int link) {
    return payees[link];
  }

  /** Sum of a link's payments. */
  public long amount(int link) {
    return amounts[link];
  }

  /** How many payments a link has. */
  public int payments(int link) {
    return payments[link];
  }

  /** An account's payees, ascending. */
  int[] payeesOf(int account) {
    return Arrays.copyOfRange(payees, outStart[account], outStart[account + 1]);
  }

  /** An account's payers, ascending. */
  int[] payersOf(int account) {
    int[] found = new int[payersCount(account)];
    for (int i = 0; i < found.length; i++) {
      found[i] = payers[inLinks[inStart[account] + i]];
    }
    return found;
  }

  int payeesCount(int account) {
    return outStart[account + 1] - outStart[account];
  }

  int payersCount(int account) {
    return inStart[account + 1] - inStart[account];
  }

  /** Links out of an account are those from here to before {@link #outUntil}. */
  int outFrom(int account) {
    return outStart[account];
  }

  int outUntil(int account) {
    return outStart[account + 1];
  }

  /** The link into an account, by its place among them, from 0. */
  int inLink(int account, int place) {
    return inLinks[inStart[account] + place];
  }

  /** The link from one account to another; -1 if there is none. */
  int link(int payer, int payee) {
    int found = Arrays.binarySearch(payees, outStart[payer], outStart[payer + 1], payee);
    return found < 0 ? -1 : found;
  }
}
