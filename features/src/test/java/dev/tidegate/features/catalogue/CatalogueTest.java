package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import dev.tidegate.features.history.Recent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;

  @Test
  void shouldNameOneFeatureAWindow() {
    assertThat(
            Texts.catalogue("{entity: account, aggregate: count, windows: [1m, 1h, 24h, 30d]}")
                .names())
        .containsExactly(
            "account_count_1m", "account_count_1h", "account_count_1d", "account_count_30d");
  }

  @Test
  void shouldNameWhatDiffersFromTheUsual() {
    Catalogue catalogue =
        Texts.catalogue(
            "{entity: card, aggregate: mean, field: base_amount, windows: [1d]}",
            "{entity: card, aggregate: distinct, field: merchant, windows: [1d]}",
            "{entity: card, aggregate: count, filter: 'has_card', as: online, windows: [1d]}",
            "{entity: terminal, aggregate: [risk, count], delay: 7d, windows: [1d]}",
            "{entity: card, aggregate: quantile_ratio, quantile: 0.995, windows: [1d]}",
            "{entity: card, aggregate: max, with_itself: false, windows: [1d]}",
            "{entity: card, aggregate: z_score, with_itself: true, windows: [1d]}",
            "{entity: [account, card], aggregate: time_since}",
            "{entity: account, aggregate: first_seen}",
            "{payment: hour_of_day}",
            "{ratio: [card_max_before_1d, account_time_since]}",
            "{ratio: [hour_of_day, account_time_since], as: pace}");
    assertThat(catalogue.names())
        .containsExactly(
            "card_mean_base_1d",
            "card_distinct_merchant_1d",
            "card_count_online_1d",
            "terminal_risk_1d",
            "terminal_count_delayed_1d",
            "card_quantile_ratio_q99_5_1d",
            "card_max_before_1d",
            "card_z_score_with_itself_1d",
            "account_time_since",
            "card_time_since",
            "account_first_seen",
            "hour_of_day",
            "card_max_before_1d_per_account_time_since",
            "pace");
  }

  @Test
  void shouldTellTheKernelEachMeasureAndItsPlace() {
    Catalogue catalogue =
        Texts.catalogue(
            "{payment: amount}",
            "{entity: card, aggregate: distinct, field: ip, windows: [1h]}",
            "{entity: card, aggregate: sum, filter: ' amount < 0.0 ', as: back, windows: [1d]}",
            "{entity: terminal, aggregate: risk, delay: 7d, windows: [1d]}",
            "{entity: card, aggregate: quantile_ratio, quantile: 0.5, windows: [7d]}",
            "{entity: card, aggregate: sum, field: base_amount, filter: 'amount < 0.0', as: back,"
                + " windows: [1d]}");
    assertThat(catalogue.entities()).containsExactly(Entity.CARD, Entity.TERMINAL);
    assertThat(catalogue.filters()).containsExactly("amount < 0.0");
    assertThat(catalogue.tags()).containsExactly(Tag.IP);
    assertThat(catalogue.measures(Entity.CARD))
        .containsExactly(
            at(1, new Measure(Kind.DISTINCT, Money.NONE, -1, 0, HOUR_MS, 0, 0, true)),
            at(2, new Measure(Kind.SUM, Money.OWN, 0, -1, DAY_MS, 0, 0, true)),
            at(4, new Measure(Kind.QUANTILE_RATIO, Money.OWN, -1, -1, 7 * DAY_MS, 0, 0.5, false)),
            at(5, new Measure(Kind.SUM, Money.BASE, 0, -1, DAY_MS, 0, 0, true)));
    assertThat(catalogue.measures(Entity.TERMINAL))
        .containsExactly(
            at(3, new Measure(Kind.RISK, Money.NONE, -1, -1, DAY_MS, 7 * DAY_MS, 0, false)));
    assertThat(catalogue.measures(Entity.IP)).isEmpty();
    assertThat(catalogue.values()).containsExactly(new Catalogue.ValueAt(0, PaymentValue.AMOUNT));
  }

  private static Catalogue.MeasureAt at(int place, Measure measure) {
    return new Catalogue.MeasureAt(place, measure);
  }

  @Test
  void shouldOrderRatiosAfterTheirParts() {
    Catalogue catalogue =
        Texts.catalogue(
            "{ratio: [b, c], as: a}",
            "{ratio: [c, amount], as: b}",
            "{ratio: [amount, hour_of_day], as: c}",
            "{payment: [amount, hour_of_day]}");
    assertThat(catalogue.ratios())
        .containsExactly(
            new Catalogue.RatioAt(2, 3, 4),
            new Catalogue.RatioAt(1, 2, 3),
            new Catalogue.RatioAt(0, 1, 2));
  }

  @Test
  void shouldReadEveryKindOfMeasure() {
    assertThat(Arrays.stream(Kind.values()).map(kind -> Aggregate.of(kind).kind()))
        .containsExactly(Kind.values());
    assertThat(Aggregate.values()).hasSameSizeAs(Kind.values());
  }

  @Test
  void shouldReadSequences() {
    Catalogue catalogue =
        Catalogue.parse(
            "{features: [{payment: amount}], sequences: [{entity: card, length: 32}]}",
            "test.yaml",
            Rates.none());
    assertThat(catalogue.sequences()).containsExactly(Sequence.usual(Entity.CARD, 32));
    assertThat(catalogue.entities()).containsExactly(Entity.CARD);
    assertThat(catalogue.canonical()).contains("sequences:\n  - {entity: card, length: 32}\n");
  }

  @Test
  void shouldReadTheFieldsOfASequence() {
    Catalogue catalogue =
        Catalogue.parse(
            """
            features: [{payment: amount}]
            sequences:
              - {entity: card, length: 8, fields: [same_terminal, base_amount, same_ip]}
              - {entity: device, length: 32}
            """,
            "test.yaml",
            Texts.RATES);
    Recent.Column amount = new Recent.Column(Recent.What.BASE_AMOUNT, Measure.NO_TAG);
    assertThat(catalogue.layout(Entity.CARD).recent())
        .isEqualTo(
            new Recent(
                8,
                List.of(
                    new Recent.Column(Recent.What.SAME, catalogue.tags().indexOf(Tag.TERMINAL)),
                    amount,
                    new Recent.Column(Recent.What.SAME, catalogue.tags().indexOf(Tag.IP)))));
    assertThat(catalogue.sequencePlace(Entity.DEVICE)).isEqualTo(1);
    assertThat(catalogue.sequencePlace(Entity.ACCOUNT)).isEqualTo(-1);
    assertThat(catalogue.layout(Entity.ACCOUNT).recent()).isEqualTo(Recent.NONE);
    assertThat(SequenceField.nouns(catalogue.sequences().get(1).fields()))
        .isEqualTo("age, amount, hour_of_day, same_counterparty, same_category, same_country");
  }

  @Test
  void shouldCompareEveryTag() {
    assertThat(Arrays.stream(SequenceField.values()).map(SequenceField::tag).filter(t -> t != null))
        .containsExactlyInAnyOrder(Tag.values());
    for (SequenceField field : SequenceField.values()) {
      Tag tag = field.tag();
      if (tag != null) {
        assertThat(field.noun()).isEqualTo("same_" + tag.noun());
      }
    }
  }

  @Test
  void shouldDeclareTheHandbooksFeatures() throws IOException {
    assertThat(handbook().names())
        .containsExactly(
            ("amount is_weekend is_night customer_count_1d customer_count_7d customer_count_30d"
                    + " customer_mean_1d customer_mean_7d customer_mean_30d"
                    + " terminal_count_delayed_1d terminal_count_delayed_7d"
                    + " terminal_count_delayed_30d terminal_risk_1d terminal_risk_7d"
                    + " terminal_risk_30d")
                .split(" "));
  }

  private Catalogue handbook() throws IOException {
    try (var in = getClass().getResourceAsStream("/handbook.yaml")) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Catalogue.parse(yaml, "handbook.yaml", Rates.none());
    }
  }

  @Test
  void shouldShipAtLeastAHundredFeaturesThatStayLight() {
    Catalogue shipped = Catalogue.read(Texts.CONFIG.resolve("features.yaml"));
    assertThat(shipped.size()).isBetween(100, 150);
    assertThat(shipped.filters()).hasSizeLessThanOrEqualTo(8);
    assertThat(shipped.tags()).hasSizeLessThanOrEqualTo(8);
    assertThat(shipped.sequences()).containsExactly(Sequence.usual(Entity.ACCOUNT, 32));
  }

  /** A name of a work with its year or its number, not a word such as "usual". */
  @Test
  void shouldNameAPublishedWorkForAtLeastAHundredFeatures() {
    Catalogue shipped = Catalogue.read(Texts.CONFIG.resolve("features.yaml"));
    List<Feature> named =
        shipped.features().stream().filter(f -> !shipped.sources(f).isEmpty()).toList();
    assertThat(named).hasSizeGreaterThanOrEqualTo(100);
    for (Feature feature : named) {
      assertThat(shipped.sources(feature))
          .allMatch(text -> text.matches(".*\\b(19|20)\\d\\d\\b.*|FFIEC .*"), "names a work");
    }
    assertThat(shipped.sources(shipped.features().get(shipped.place("terminal_risk_7d"))))
        .singleElement()
        .asString()
        .contains("Le Borgne");
  }

  @Test
  void shouldNotChangeTheDigestWithWhatAFeatureIsTakenFrom() {
    String plain = "features: [{payment: amount}]";
    String named =
        "sources: [{name: a, text: 'A, 2001'}]\nfeatures: [{payment: amount, source: a}]";
    Catalogue cited = Catalogue.parse(named, "test.yaml", Rates.none());
    assertThat(cited.sources(cited.features().get(0))).containsExactly("A, 2001");
    assertThat(cited.digest())
        .isEqualTo(Catalogue.parse(plain, "test.yaml", Rates.none()).digest());
  }

  @Test
  void shouldTravelAsConfigurationOfAnOperator() throws Exception {
    Catalogue shipped = Catalogue.read(Texts.CONFIG.resolve("features.yaml"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(shipped);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Catalogue arrived = (Catalogue) in.readObject();
      assertThat(arrived.features()).isEqualTo(shipped.features());
      assertThat(arrived.digest()).isEqualTo(shipped.digest());
      assertThat(arrived.measures(Entity.ACCOUNT)).isEqualTo(shipped.measures(Entity.ACCOUNT));
      assertThat(arrived.rates().toBaseMinor(117, "USD")).isEqualTo(100);
    }
  }

  @Test
  void shouldNotMixKindsOfCounterparties() {
    var terminal = Texts.payment().setTerminalId("7");
    assertThat(Entity.COUNTERPARTY.idOf(terminal.build())).isEqualTo("t:7");
    assertThat(Entity.COUNTERPARTY.idOf(terminal.setMerchantId("7").build())).isEqualTo("m:7");
    assertThat(Entity.COUNTERPARTY.idOf(terminal.setPayeeAccount("7").build())).isEqualTo("a:7");
    assertThat(Entity.COUNTERPARTY.idOf(Texts.payment().setPayeeAccount("").build())).isNull();
  }

  @Test
  void shouldNeedBothCountriesForACorridor() {
    var payment = Texts.payment().setPayerCountry("NL");
    assertThat(Entity.CORRIDOR.idOf(payment.build())).isNull();
    assertThat(Tag.COUNTRY.valueOf(payment.build())).isEqualTo("NL");
    payment.setPayeeCountry("BE");
    assertThat(Entity.CORRIDOR.idOf(payment.build())).isEqualTo("NL>BE");
    assertThat(Tag.COUNTRY.valueOf(payment.build())).isEqualTo("BE");
  }

  /** Models that were trained on these features are served only while it stays. */
  @Test
  void shouldKeepTheDigestWhileDefinitionsStay() throws IOException {
    String manifest =
        Files.readString(Texts.CONFIG.resolve("releases/payments-sim-0004/manifest.json"));
    assertThat(manifest).contains(Catalogue.read(Texts.CONFIG.resolve("features.yaml")).digest());
    assertThat(handbook().digest())
        .isEqualTo("6143af712f6bbc8f801edafb0320a0d83294211b6c815525267e2b003dfa456a");
  }
}
