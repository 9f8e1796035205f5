package dev.tidegate.features.catalogue;

import dev.cel.runtime.CelVariableResolver;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payment that filters look at; reused from payment to payment. Each variable is worked out
 * when a filter first asks for it, and kept for the next filter. Not thread safe.
 */
final class FilteredPayment implements CelVariableResolver {
  /** A variable with its value in the payment of a turn. */
  private static final class Slot {
    private final FilterVariable variable;
    private Optional<Object> value = Optional.empty();
    private long turn;

    Slot(FilterVariable variable) {
      this.variable = variable;
    }
  }

  private final Rates rates;
  private final MajorUnits units = new MajorUnits();
  private final Map<String, Slot> slots = new HashMap<>();
  private @Nullable Transaction transaction;
  private long turn;

  FilteredPayment(Rates rates) {
    this.rates = rates;
    for (FilterVariable variable : FilterVariable.values()) {
      slots.put(variable.noun(), new Slot(variable));
    }
  }

  void set(Transaction next) {
    transaction = next;
    turn++;
  }

  Transaction transaction() {
    if (transaction == null) {
      throw new IllegalStateException("no payment is set");
    }
    return transaction;
  }

  long timeMs() {
    return transaction().getEventTimeMs();
  }

  double value(PaymentValue value) {
    return value.of(transaction(), units, rates);
  }

  boolean isToAccount() {
    String payee = transaction().getPayeeAccount();
    return payee != null && !payee.isEmpty();
  }

  @Override
  public Optional<Object> find(String noun) {
    Slot slot = slots.get(noun);
    if (slot == null) {
      return Optional.empty();
    }
    if (slot.turn != turn) {
      slot.value = Optional.of(slot.variable.of(this));
      slot.turn = turn;
    }
    return slot.value;
  }
}
