package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.Cast.Member;
import dev.tidegate.lab.bank.PaymentDesk.Rail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The payments of one laundering case while it is planned: its members, its legs, their times. */
final class LaunderingRoute {
  private static final long MINUTE_MS = 60_000L;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final int LONGEST_WAIT_MINUTES = 2 * 24 * 60;

  private record Leg(Member from, Member to, long timeMs, double euro) {}

  private final Bank bank;
  private final Cast cast;
  private final Day day;
  private final SeededRandom random;
  private final List<Leg> legs = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  LaunderingRoute(Bank bank, Cast cast, Day day, SeededRandom random) {
    this.bank = bank;
    this.cast = cast;
    this.day = day;
    this.random = random;
  }

  /** Somebody who is not in the case yet. */
  Member member() {
    Member member = cast.member(day.index(), taken, random);
    members.add(member);
    return member;
  }

  /** A customer of this bank who is not in the case yet: where its money meets. */
  Member hub() {
    Member hub = cast.ownMember(day.index(), taken, random);
    members.add(hub);
    return hub;
  }

  /** As many as asked, none of them in the case yet. */
  List<Member> members(int count) {
    List<Member> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(member());
    }
    return some;
  }

  void leg(Member from, Member to, long timeMs, double euro) {
    legs.add(new Leg(from, to, timeMs, Math.max(1, euro)));
  }

  /** A time on one of the first days of the case, at an hour when people pay. */
  long within(int days) {
    long midnight = day.startMs() + Day.MS * random.below(days);
    return midnight + HourProfile.PAYMENT.utcTime(random, Country.DE);
  }

  /** A time some while after another; mostly put off to the morning when it falls in the night. */
  long after(long timeMs, double medianMinutes) {
    double wait = Math.min(LONGEST_WAIT_MINUTES, random.logNormal(medianMinutes, 0.9));
    long time = timeMs + (long) (wait * MINUTE_MS);
    long hour = Math.floorMod(time, Day.MS) / HOUR_MS;
    boolean night = hour >= 22 || hour < 6;
    return night && random.chance(0.75) ? time + 8 * HOUR_MS : time;
  }

  /** What one payment of the case is about, euro. */
  double scale() {
    return random.logNormal(60, 1.3);
  }

  /** Puts the case on the schedule. */
  int carryOut(CaseBook book, PlantedKind kind) {
    PlantedCase planted = book.open(kind, legs.size(), "");
    boolean borrowedDevice = random.chance(0.15);
    var shared = AccessPoints.stranger(random);
    int lastDay = day.index();
    for (Leg leg : legs) {
      int legDay = bank.desk().day(leg.timeMs());
      Rail rail = rail(leg.from(), legDay);
      if (borrowedDevice && rail.access() != null) {
        rail = new Rail(rail.channel(), shared);
      }
      bank.desk()
          .transfer(leg.from().party(), leg.to().party(), leg.timeMs(), leg.euro(), rail, planted);
      lastDay = Math.max(lastDay, legDay);
    }
    for (Member member : members) {
      cast.keep(member.customer(), lastDay + 12);
    }
    return legs.size();
  }

  private Rail rail(Member from, int legDay) {
    Customer customer = from.customer();
    return customer == null ? Rails.incoming(random) : bank.rails().own(customer, legDay, random);
  }
}
