package dev.tidegate.lab.bank;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sum of several ten thousand is cut into pieces that each stay below a reporting threshold of
 * 10,000, over days: by one payer to a few, or by several smurfs to one collector (31 U.S.C. 5324;
 * FFIEC: BSA/AML Examination Manual, Appendix G; Starnini et al., ECML PKDD 2021).
 */
final class StructuringPlot implements Plot {
  private static final double THRESHOLD = 10_000;
  private static final double ONE_PAYER = 0.55;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  StructuringPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    CasePlan plan = new CasePlan(bank, day);
    Set<String> taken = new HashSet<>();
    Cast.Member centre = cast.ownMember(day.index(), taken, random);
    List<Cast.Member> all = new ArrayList<>(List.of(centre));
    if (random.chance(ONE_PAYER)) {
      List<Cast.Member> payees = others(random.range(1, 3), day, taken, random);
      all.addAll(payees);
      long time = plan.on(0, customer(centre), random);
      for (int i = random.range(4, 9); i > 0; i--) {
        Party payee = payees.get(random.below(payees.size())).party();
        plan.transfer(centre, payee, time, piece(random), random);
        time += (long) (random.between(0.3, 3) * Day.MS);
      }
    } else {
      List<Cast.Member> smurfs = others(random.range(3, 6), day, taken, random);
      all.addAll(smurfs);
      for (Cast.Member smurf : smurfs) {
        for (int i = random.range(1, 2); i > 0; i--) {
          long time = plan.on(random.below(10), customer(centre), random);
          plan.transfer(smurf, centre.party(), time, piece(random), random);
        }
      }
    }
    all.forEach(member -> cast.keep(member.customer(), plan.lastDay() + 12));
    return plan.carryOut(book, PlantedKind.STRUCTURING);
  }

  private List<Cast.Member> others(int count, Day day, Set<String> taken, SeededRandom random) {
    List<Cast.Member> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(cast.member(day.index(), taken, random));
    }
    return some;
  }

  /** Below the threshold, not always close to it; mostly whole hundreds. */
  private static double piece(SeededRandom random) {
    double euro = THRESHOLD * (1 - Math.min(0.4, random.logNormal(0.09, 0.8)));
    return random.chance(0.6) ? 100 * Math.floor(euro / 100) : euro;
  }

  private static Customer customer(Cast.Member own) {
    return java.util.Objects.requireNonNull(own.customer(), "an own member has a customer");
  }
}
