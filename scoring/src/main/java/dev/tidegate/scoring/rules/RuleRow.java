package dev.tidegate.scoring.rules;

import dev.cel.runtime.CelVariableResolver;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payment that rules look at, with its features and score; reused from row to row. Each name is
 * worked out when a rule first asks for it, and kept for the next rule. Not thread safe.
 */
final class RuleRow implements CelVariableResolver {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final int THURSDAY = 3; // weekday of 1970-01-01, counted from Monday = 0

  /** A name with its value in the row of a turn. */
  private static final class Slot {
    private final @Nullable PaymentField field;
    private final int feature;
    private final String model;
    private Optional<Object> value = Optional.empty();
    private long turn;

    Slot(@Nullable PaymentField field, int feature, String model) {
      this.field = field;
      this.feature = feature;
      this.model = model;
    }
  }

  private static final int SCORE = -1;
  private static final int MODEL = -2;

  private final MajorUnits units = new MajorUnits();
  private final Map<String, Slot> slots = new HashMap<>();
  private @Nullable Transaction payment;
  private float[] values = new float[0];
  private int from;
  private double score;
  private ModelScores models = ModelScores.NONE;
  private long turn;

  RuleRow(List<String> features) {
    for (int i = 0; i < features.size(); i++) {
      slots.put(features.get(i), new Slot(null, i, ""));
    }
    slots.put(RuleLanguage.SCORE, new Slot(null, SCORE, ""));
    for (PaymentField field : PaymentField.values()) {
      slots.put(field.noun(), new Slot(field, 0, ""));
    }
  }

  /** Turns to a row; its features begin at an index and are as many as the language knows. */
  void set(Transaction next, float[] features, int at, double scored, ModelScores others) {
    payment = next;
    values = features;
    from = at;
    score = scored;
    models = others;
    turn++;
  }

  @Override
  public Optional<Object> find(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      if (!ScoreMacro.isVariable(name)) {
        return Optional.empty();
      }
      slot = new Slot(null, MODEL, ScoreMacro.model(name));
      slots.put(name, slot);
    }
    if (slot.turn != turn) {
      slot.value = Optional.of(valueOf(slot));
      slot.turn = turn;
    }
    return slot.value;
  }

  private Object valueOf(Slot slot) {
    if (slot.field != null) {
      return slot.field.of(this);
    }
    return switch (slot.feature) {
      case SCORE -> score;
      case MODEL -> models.of(slot.model);
      default -> (double) values[from + slot.feature];
    };
  }

  Transaction payment() {
    if (payment == null) {
      throw new IllegalStateException("no payment is set");
    }
    return payment;
  }

  /** In major units of its currency; negative for a refund. */
  double amount() {
    return units.of((double) payment().getAmountMinor(), payment().getCurrency());
  }

  /** From one country to another; false where either is unknown. */
  boolean crossesBorder() {
    String payer = payment().getPayerCountry();
    String payee = payment().getPayeeCountry();
    boolean known = payer != null && payee != null && !payer.isEmpty() && !payee.isEmpty();
    return known && !payer.equals(payee);
  }

  /** True if the amount is a whole multiple of so many major units, and not 0. */
  boolean isMultipleOf(long majorUnits) {
    long step = majorUnits;
    for (int i = MajorUnits.digits(payment().getCurrency()); i > 0; i--) {
      step *= 10;
    }
    return payment().getAmountMinor() != 0 && payment().getAmountMinor() % step == 0;
  }

  /** Whole hours since midnight, 0 to 23. */
  long hour() {
    return Math.floorMod(payment().getEventTimeMs(), DAY_MS) / HOUR_MS;
  }

  /** ISO weekday, Monday 1 to Sunday 7. */
  long weekday() {
    return Math.floorMod(Math.floorDiv(payment().getEventTimeMs(), DAY_MS) + THURSDAY, 7L) + 1;
  }
}
