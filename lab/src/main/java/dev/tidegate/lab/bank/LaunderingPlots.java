package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.Cast.Member;
import java.util.List;

/**
 * The shapes of laundering. Amounts are those of ordinary transfers; what is passed on is what came
 * in less a small share, so that only the shape and its order in time tell.
 */
final class LaunderingPlots {
  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  LaunderingPlots(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  /** Six to fourteen payers, one payee, within three days. */
  int fanIn(Day day, SeededRandom random) {
    LaunderingRoute route = route(day, random);
    Member collector = route.hub();
    double scale = route.scale();
    int days = random.range(1, 3);
    for (Member payer : route.members(random.range(6, 14))) {
      route.leg(payer, collector, route.within(days), scale * random.between(0.6, 1.4));
    }
    return route.carryOut(book, PlantedKind.FAN_IN);
  }

  /** One payer, six to fourteen payees, within three days. */
  int fanOut(Day day, SeededRandom random) {
    LaunderingRoute route = route(day, random);
    Member source = route.hub();
    double scale = route.scale();
    int days = random.range(1, 3);
    for (Member payee : route.members(random.range(6, 14))) {
      route.leg(source, payee, route.within(days), scale * random.between(0.6, 1.4));
    }
    return route.carryOut(book, PlantedKind.FAN_OUT);
  }

  /** A ring of three to six accounts. */
  int cycle(Day day, SeededRandom random) {
    LaunderingRoute route = route(day, random);
    List<Member> ring = route.members(random.range(3, 6));
    double euro = route.scale();
    long time = route.within(1);
    double wait = random.logNormal(150, 0.8);
    for (int i = 0; i < ring.size(); i++) {
      route.leg(ring.get(i), ring.get((i + 1) % ring.size()), time, euro);
      euro *= random.between(0.95, 0.999);
      time = route.after(time, wait);
    }
    return route.carryOut(book, PlantedKind.CYCLE);
  }

  /** A chain of six to ten accounts. */
  int layering(Day day, SeededRandom random) {
    LaunderingRoute route = route(day, random);
    List<Member> chain = route.members(random.range(6, 10));
    double euro = route.scale();
    long time = route.within(1);
    double wait = random.logNormal(90, 0.8);
    for (int i = 1; i < chain.size(); i++) {
      route.leg(chain.get(i - 1), chain.get(i), time, euro);
      euro *= random.between(0.95, 0.999);
      time = route.after(time, wait);
    }
    return route.carryOut(book, PlantedKind.LAYERING);
  }

  /** One source, four to nine accounts between, one sink. */
  int scatterGather(Day day, SeededRandom random) {
    LaunderingRoute route = route(day, random);
    Member source = route.hub();
    Member sink = route.hub();
    double scale = route.scale();
    long time = route.within(1);
    for (Member between : route.members(random.range(4, 9))) {
      double euro = scale * random.between(0.7, 1.3);
      route.leg(source, between, time, euro);
      route.leg(between, sink, route.after(time, 300), euro * random.between(0.95, 0.999));
      time = route.after(time, 20);
    }
    return route.carryOut(book, PlantedKind.SCATTER_GATHER);
  }

  /** Four to nine payers, one hub, then four to nine payees. */
  int gatherScatter(Day day, SeededRandom random) {
    LaunderingRoute route = route(day, random);
    Member hub = route.hub();
    double scale = route.scale();
    int days = random.range(1, 2);
    long last = 0;
    double sum = 0;
    for (Member payer : route.members(random.range(4, 9))) {
      long time = route.within(days);
      double euro = scale * random.between(0.6, 1.4);
      route.leg(payer, hub, time, euro);
      last = Math.max(last, time);
      sum += euro;
    }
    List<Member> payees = route.members(random.range(4, 9));
    double left = sum * random.between(0.9, 0.98);
    long time = route.after(last, 120);
    for (int i = 0; i < payees.size(); i++) {
      int open = payees.size() - i;
      double euro = open == 1 ? left : left / open * random.between(0.6, 1.35);
      left -= euro;
      route.leg(hub, payees.get(i), time, euro);
      time = route.after(time, 30);
    }
    return route.carryOut(book, PlantedKind.GATHER_SCATTER);
  }

  private LaunderingRoute route(Day day, SeededRandom random) {
    return new LaunderingRoute(bank, cast, day, random);
  }
}
