package dev.tidegate.ingest.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code fields} of a profile. */
final class FieldsReader {
  private static final Map<String, Long> UNITS =
      Map.of(
          "millis",
          1L,
          "seconds",
          1_000L,
          "minutes",
          60_000L,
          "hours",
          3_600_000L,
          "days",
          86_400_000L);

  private static final List<String> OTHER_KEYS =
      List.of(
          "format",
          "unit",
          "origin",
          "zone",
          "earliest",
          "latest",
          "strip",
          "decimal",
          "sign",
          "min",
          "max",
          "digits",
          "token",
          "luhn");

  private final YamlSection fields;
  private final Set<String> nulls;

  FieldsReader(YamlSection fields, Set<String> nulls) {
    this.fields = fields;
    this.nulls = nulls;
    CanonicalField.keys().forEach(fields::has);
  }

  /** Refuses a profile without a time, an amount, a currency, or somebody who pays. */
  void refuseMissing() {
    fields.refuseUnknown();
    refuseWithout("time", "when the payment was made");
    refuseWithout("amount", "how much was paid");
    refuseWithout("currency", "a column, or {value: EUR}");
    if (!fields.has("payerAccount") && !fields.has("card") && !fields.has("customerId")) {
      throw fields.errorHere("fields names nobody who pays: give payerAccount, card or customerId");
    }
  }

  private void refuseWithout(String key, String meaning) {
    if (!fields.has(key)) {
      throw fields.errorHere("fields lacks '" + key + "': " + meaning);
    }
  }

  Map<CanonicalField, TextRule> texts() {
    Map<CanonicalField, TextRule> texts = new EnumMap<>(CanonicalField.class);
    for (CanonicalField field : CanonicalField.values()) {
      switch (field) {
        case TIME, AMOUNT, CURRENCY, CARD -> {}
        default -> {
          if (fields.has(field.key())) {
            texts.put(field, textRule(fields, field.key(), nulls, "-"));
          }
        }
      }
    }
    return texts;
  }

  /** A field that is a column name or a map with the keys every field has, and no others. */
  static TextRule textRule(YamlSection parent, String key, Set<String> nulls, String join) {
    if (parent.isScalar(key)) {
      return TextRule.column(parent.required(key, "the column"), nulls);
    }
    YamlSection section = Objects.requireNonNull(parent.section(key));
    TextRule rule = textRule(section, nulls, join);
    section.refuseUnknown();
    return rule;
  }

  private static TextRule textRule(YamlSection section, Set<String> nulls, String join) {
    String column = section.text("column");
    List<String> columns = section.list("columns");
    String constant = section.text("value");
    int sources =
        (column == null ? 0 : 1) + (columns.isEmpty() ? 0 : 1) + (constant == null ? 0 : 1);
    // Ask for every key first, so that an unknown one is named before a missing one.
    String between = section.text("join", join);
    Map<String, String> values = section.map("values");
    List<String> ownNulls = section.list("nulls");
    String fallback = section.text("default");
    boolean notCard = section.flag("notCard", false);
    if (sources != 1) {
      OTHER_KEYS.forEach(section::has);
      section.refuseUnknown();
      throw section.errorHere("a field needs exactly one of 'column', 'columns' and 'value'");
    }
    Set<String> allNulls = new LinkedHashSet<>(nulls);
    allNulls.addAll(ownNulls);
    List<String> from = column != null ? List.of(column) : columns;
    return new TextRule(from, between, constant, allNulls, values, fallback, notCard);
  }

  TimeRule time() {
    if (fields.isScalar("time")) {
      return timeRule(null, textRule(fields, "time", nulls, " "));
    }
    YamlSection section = Objects.requireNonNull(fields.section("time"));
    TextRule text = textRule(section, nulls, " ");
    TimeRule rule = timeRule(section, text);
    section.refuseUnknown();
    if (text.constant() != null) {
      throw section.errorAt("value", "cannot be: a time needs a column");
    }
    refuseNotCard(section, text);
    return rule;
  }

  /** Time, amount and currency have forms of their own, and a card is what it says. */
  private static void refuseNotCard(YamlSection section, TextRule text) {
    if (text.notCard()) {
      throw section.errorAt("notCard", "is for fields of text, where a card number could hide");
    }
  }

  private TimeRule timeRule(@Nullable YamlSection section, TextRule text) {
    Instant epoch = Instant.EPOCH;
    Instant latest = Instant.parse("2200-01-01T00:00:00Z");
    if (section == null) {
      return new TimeRule(text, "iso", 0, epoch, ZoneOffset.UTC, epoch, latest);
    }
    String unit = section.text("unit");
    String format = section.text("format");
    if (unit != null && format != null) {
      throw section.errorAt("unit", "and 'format' cannot both be");
    }
    if (unit != null) {
      section.choice("unit", "seconds", List.of("millis", "seconds", "minutes", "hours", "days"));
    }
    if (unit == null && format == null) {
      format = "iso";
    }
    if (format != null && !format.equals("iso")) {
      refuseBadPattern(section, format);
    }
    return new TimeRule(
        text,
        format,
        unit == null ? 0 : UNITS.getOrDefault(unit, 0L),
        instant(section, "origin", epoch),
        zone(section),
        instant(section, "earliest", epoch),
        instant(section, "latest", latest));
  }

  private static void refuseBadPattern(YamlSection section, String format) {
    try {
      new DateTimeFormatterBuilder().appendPattern(format);
    } catch (IllegalArgumentException e) {
      throw section.errorAt("format", "is no pattern such as yyyy-MM-dd HH:mm:ss");
    }
  }

  private static Instant instant(YamlSection section, String key, Instant otherwise) {
    String text = section.text(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw section.errorAt(key, "must be a date such as 2018-01-01, or an instant");
    }
  }

  private static ZoneId zone(YamlSection section) {
    try {
      return ZoneId.of(section.text("zone", "UTC")).normalized();
    } catch (DateTimeException e) {
      throw section.errorAt("zone", "is not known: UTC, Europe/Berlin, +02:00, ...");
    }
  }

  MoneyRule money() {
    YamlSection amount = fields.isScalar("amount") ? null : fields.section("amount");
    YamlSection currency = fields.isScalar("currency") ? null : fields.section("currency");
    TextRule amountText =
        amount == null ? textRule(fields, "amount", nulls, "") : textRule(amount, nulls, "");
    TextRule currencyText =
        currency == null ? textRule(fields, "currency", nulls, "") : textRule(currency, nulls, "");
    boolean minor =
        amount != null && amount.choice("unit", "major", List.of("major", "minor")).equals("minor");
    String strip = amount == null ? "" : amount.text("strip", "");
    MoneyRule rule =
        new MoneyRule(
            amountText,
            minor,
            strip,
            amount == null ? '.' : decimal(amount),
            amount == null ? MoneyRule.Sign.AS_IS : sign(amount),
            amount == null ? null : amount.number("min"),
            amount == null ? null : amount.number("max"),
            currencyText,
            currency == null ? Map.of() : digits(currency));
    if (amount != null) {
      amount.refuseUnknown();
      refuseNotCard(amount, amountText);
    }
    if (currency != null) {
      currency.refuseUnknown();
      refuseNotCard(currency, currencyText);
    }
    return rule;
  }

  private static char decimal(YamlSection amount) {
    String text = amount.text("decimal", ".");
    if (text.length() != 1 || text.charAt(0) > 126 || Character.isDigit(text.charAt(0))) {
      throw amount.errorAt("decimal", "must be one character, such as . or ,");
    }
    return text.charAt(0);
  }

  private static MoneyRule.Sign sign(YamlSection amount) {
    return switch (amount.choice("sign", "asIs", List.of("asIs", "negated", "absolute"))) {
      case "negated" -> MoneyRule.Sign.NEGATED;
      case "absolute" -> MoneyRule.Sign.ABSOLUTE;
      default -> MoneyRule.Sign.AS_IS;
    };
  }

  private static Map<String, Integer> digits(YamlSection currency) {
    Map<String, Integer> digits = new LinkedHashMap<>();
    currency
        .map("digits")
        .forEach(
            (code, text) -> {
              if (!text.matches("\\d|1[0-8]")) {
                throw currency.errorAt("digits", "of " + code + " must be 0 to 18");
              }
              digits.put(code, Integer.valueOf(text));
            });
    return digits;
  }

  @Nullable CardRule card() {
    if (!fields.has("card")) {
      return null;
    }
    if (fields.isScalar("card")) {
      return new CardRule(textRule(fields, "card", nulls, "-"), false, false);
    }
    YamlSection section = Objects.requireNonNull(fields.section("card"));
    TextRule text = textRule(section, nulls, "-");
    CardRule rule = new CardRule(text, section.flag("token", false), section.flag("luhn", false));
    section.refuseUnknown();
    refuseNotCard(section, text);
    if (rule.token() && rule.luhn()) {
      throw section.errorAt("luhn", "is for card numbers, and 'token' says there is none");
    }
    return rule;
  }
}
