package dev.tidegate.graphaml.pattern;

import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.EvidenceRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the payments of an evidence make of its accounts. */
public final class EvidenceRoles {
  private EvidenceRoles() {}

  /** Payments in and out of an account among those that are listed. */
  private static final class Flow {
    int in;
    int out;
  }

  /**
   * The accounts of payments, in the order in which these name them: who only pays is a source, who
   * is only paid a sink, the others are mules. Where all money goes round, the first to pay is the
   * source.
   */
  public static List<EvidenceAccount> of(List<EvidencePayment> payments) {
    Map<String, Flow> flows = new LinkedHashMap<>();
    for (EvidencePayment payment : payments) {
      flows.computeIfAbsent(payment.getFromAccount(), name -> new Flow()).out++;
      flows.computeIfAbsent(payment.getToAccount(), name -> new Flow()).in++;
    }
    boolean sources = flows.values().stream().anyMatch(flow -> flow.in == 0);
    List<EvidenceAccount> accounts = new ArrayList<>();
    flows.forEach(
        (name, flow) ->
            accounts.add(
                EvidenceAccount.newBuilder()
                    .setAccount(name)
                    .setRole(role(flow, !sources && name.equals(payments.get(0).getFromAccount())))
                    .setPaymentsIn(flow.in)
                    .setPaymentsOut(flow.out)
                    .build()));
    return accounts;
  }

  private static EvidenceRole role(Flow flow, boolean begins) {
    if (flow.in == 0 || begins) {
      return EvidenceRole.SOURCE;
    }
    return flow.out == 0 ? EvidenceRole.SINK : EvidenceRole.MULE;
  }
}
