package dev.tidegate.features.catalogue;

import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Recent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a sequence tells of each of its events. Time, amount and hour are what recurrent models of
 * card payments read (Jurgovsky et al. 2018; Branco et al. 2020; Handbook, chapter 7). Who is paid,
 * where and with what is told as whether it is this payment's: the past against the case at hand,
 * as Zhou et al. 2018 (Deep Interest Network), and without a dictionary of names to keep.
 */
public enum SequenceField {
  /** How long ago; recurrent models need the pace as much as the order. */
  AGE(Recent.What.AGE, "seconds", "from the event to this payment; 0 for the payment itself"),
  /** The amount; negative for a refund. */
  AMOUNT(Recent.What.AMOUNT, "major units", "amount; NaN in another currency than this payment's"),
  /** The amount in the base currency. */
  BASE_AMOUNT(
      Recent.What.BASE_AMOUNT,
      "major units of the base currency",
      "amount converted by the rates table; NaN without a rate"),
  /** Hours since midnight with their fraction. */
  HOUR_OF_DAY(Recent.What.HOUR_OF_DAY, "hours", "hours since 00:00 UTC"),
  /** Day of the week. */
  DAY_OF_WEEK(Recent.What.DAY_OF_WEEK, "1 to 7", "ISO weekday UTC, Monday 1"),
  /** The same merchant. */
  SAME_MERCHANT(Tag.MERCHANT),
  /** The same terminal. */
  SAME_TERMINAL(Tag.TERMINAL),
  /** The same category of merchants. */
  SAME_CATEGORY(Tag.CATEGORY),
  /** The same one is paid. */
  SAME_COUNTERPARTY(Tag.COUNTERPARTY),
  /** The same device. */
  SAME_DEVICE(Tag.DEVICE),
  /** The same address. */
  SAME_IP(Tag.IP),
  /** The payer in the same country. */
  SAME_PAYER_COUNTRY(Tag.PAYER_COUNTRY),
  /** The payee in the same country. */
  SAME_PAYEE_COUNTRY(Tag.PAYEE_COUNTRY),
  /** Money to the same country. */
  SAME_COUNTRY(Tag.COUNTRY),
  /** The same currency. */
  SAME_CURRENCY(Tag.CURRENCY),
  /** Made the same way. */
  SAME_CHANNEL(Tag.CHANNEL),
  /** The same card. */
  SAME_CARD(Tag.CARD),
  /** The same account pays. */
  SAME_ACCOUNT(Tag.ACCOUNT),
  /** The same customer pays. */
  SAME_CUSTOMER(Tag.CUSTOMER);

  private static final List<SequenceField> USUAL =
      List.of(
          AGE, AMOUNT, HOUR_OF_DAY, SAME_COUNTERPARTY, SAME_CATEGORY, SAME_COUNTRY, SAME_DEVICE);

  private final Recent.What what;
  private final @Nullable Tag tag;
  private final String unit;
  private final String definition;

  SequenceField(Recent.What what, String unit, String definition) {
    this.what = what;
    this.tag = null;
    this.unit = unit;
    this.definition = definition;
  }

  SequenceField(Tag tag) {
    this.what = Recent.What.SAME;
    this.tag = tag;
    this.unit = "0 or 1";
    this.definition = "whether its " + tag.noun() + " is this payment's; NaN if one has none";
  }

  /** The fields of an entity's sequence that names none: all but those that never change in it. */
  static List<SequenceField> usual(Entity entity) {
    return USUAL.stream().filter(field -> !field.isOwn(entity)).toList();
  }

  /** Whether it compares what all events of the entity have in common. */
  boolean isOwn(Entity entity) {
    return tag != null && tag.noun().equals(entity.noun());
  }

  /** The tag that is compared; null if none is. */
  @Nullable Tag tag() {
    return tag;
  }

  /** Word in the catalogue. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the number counts. */
  public String unit() {
    return unit;
  }

  /** What the number says. */
  public String definition() {
    return definition;
  }

  /** The field as the kernel knows it. */
  Recent.Column column(List<Tag> tags) {
    return new Recent.Column(what, tag == null ? Measure.NO_TAG : tags.indexOf(tag));
  }

  /** Fields by their words, for messages. */
  static String nouns(List<SequenceField> fields) {
    return String.join(", ", fields.stream().map(SequenceField::noun).toList());
  }
}
