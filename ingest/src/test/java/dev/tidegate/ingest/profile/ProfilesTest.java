package dev.tidegate.ingest.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfilesTest {
  private static final Path HOME = Path.of(System.getProperty("tidegate.home", ".."));

  private static final String SMALLEST =
      """
      fields:
        time: when
        amount: much
        currency: {value: EUR}
        payerAccount: who
      """;

  static List<String> shipped() {
    return Profiles.under(HOME).names();
  }

  @Test
  void shouldShipAProfileForEveryOpenTransactionDataset() {
    assertThat(shipped())
        .contains(
            "aml_amlgentex",
            "aml_amlsim",
            "aml_amlsim_published_samples",
            "aml_ibm_hi_small_patterns",
            "aml_tide",
            "card_handbook",
            "card_s_ffsd",
            "card_sparkov",
            "card_tabformer_user0");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shouldReadEveryShippedProfile(String name) {
    Profile profile = Profiles.under(HOME).find(name);
    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.title()).isNotEqualTo(name);
  }

  @Test
  void shouldTakeDefaultsOfTheSmallestProfile() {
    Profile profile = Profiles.parse(SMALLEST, "bank");

    assertThat(profile.name()).isEqualTo("bank");
    assertThat(profile.format()).isEqualTo(FileFormat.plain());
    assertThat(profile.time().format()).isEqualTo("iso");
    assertThat(profile.label()).isNull();
    assertThat(profile.columns()).containsExactly("who", "when", "much");
  }

  @Test
  void shouldKeepScalarsAsTheyAreWritten() {
    Profile profile =
        Profiles.parse(
            SMALLEST
                + """
                label: {column: f, positive: [Yes], negative: [No, 012], delay: 36h}
                """,
            "bank");

    LabelRule label = profile.label();
    assertThat(label.positive()).containsExactly("Yes");
    assertThat(label.negative()).containsExactly("No", "012");
    assertThat(label.delay()).isEqualTo(Duration.ofHours(36));
  }

  @Test
  void shouldReadUnitAndOrigin() {
    Profile profile =
        Profiles.parse(
            SMALLEST.replace("time: when", "time: {column: t, unit: days, origin: 2018-01-01}"),
            "bank");

    assertThat(profile.time().unitMillis()).isEqualTo(86_400_000L);
    assertThat(profile.time().origin()).isEqualTo(Instant.parse("2018-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payerAccount: who|payerAcount: who|line 5: unknown key 'payerAcount' in fields; did you"
            + " mean 'payerAccount'?",
        "time: when|time: {colum: when}|line 2: unknown key 'colum' in fields.time; did you mean"
            + " 'column'?",
        "time: when|time: {column: t, forma: iso}|unknown key 'forma' in fields.time; did you mean"
            + " 'format'?",
        "time: when|time: {column: t, unit: weeks}|fields.time.unit must be one of millis,",
        "time: when|time: {column: t, format: yyyy-bb}|line 2: fields.time.format is no pattern",
        "time: when|time: {column: t, zone: Mars}|fields.time.zone is not known",
        "time: when|time: {column: t, unit: days, origin: once}|fields.time.origin must be a date",
        "amount: much|amount: {column: a, decimal: ''}|line 3: fields.amount.decimal must be one",
        "amount: much|amount: {column: a, min: some}|fields.amount.min must be a number",
        "payerAccount: who|card: {column: c, token: maybe}|fields.card.token must be true or false",
        "payerAccount: who|payerAccount: {column: a, value: b}|exactly one of 'column', 'columns'",
        "payerAccount: who|payeeAccount: who|names nobody who pays: give payerAccount, card or"
            + " customerId",
      })
  void shouldNameTheLineAndTheFix(String good, String bad, String message) {
    assertThatThrownBy(() -> Profiles.parse(SMALLEST.replace(good, bad), "bank"))
        .isInstanceOf(ProfileException.class)
        .hasMessageStartingWith("bank.yaml, line ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"time,when", "amount,much", "currency,value"})
  void shouldSayWhichRequiredFieldIsMissing(String field, String marker) {
    String without =
        SMALLEST.lines().filter(line -> !line.contains(marker)).reduce("", (a, b) -> a + b + "\n");
    assertThatThrownBy(() -> Profiles.parse(without, "bank"))
        .hasMessageContaining("fields lacks '" + field + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file: {delimiter: ab}|file.delimiter must be one ASCII character, or tab",
        "file: {header: false}|'columns' must name the columns",
        "file: {columns: [when, much]}|file.columns does not name 'who'",
        "file: {charset: UTF-16}|ASCII is one byte",
        "file: {charset: none-such}|file.charset is not known",
        "file: {futureLimit: soon}|file.futureLimit must be a duration",
        "file: {sorted: true}|unknown key 'sorted' in file; did you mean 'sort'?",
        "lable: {column: x}|unknown key 'lable'; did you mean 'label'?",
        "label: {column: x}|label lacks 'positive'",
        "label: {file: x.csv}|label lacks 'key'",
        "label: {file: x.csv, key: id}|label.file needs fields.transactionId",
        "expect: {who: whole}|expect.who must be integer, number, word or text",
        "fields: {}|'fields' stands twice",
        "title: [a|not YAML",
      })
  void shouldRefuseWrongSections(String section, String message) {
    assertThatThrownBy(() -> Profiles.parse(SMALLEST + section + "\n", "bank"))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldLetNoFieldButCardReadACardNumber() {
    String yaml = SMALLEST + "  card: pan\n  customerId: pan\n";
    assertThatThrownBy(() -> Profiles.parse(yaml, "bank"))
        .hasMessageContaining("fields.customerId reads a column that holds a card number");
    assertThat(Profiles.parse(yaml.replace("card: pan", "card: {column: pan, token: true}"), "b"))
        .isNotNull();
  }

  @Test
  void shouldSuggestANameForAnUnknownProfile() {
    assertThatThrownBy(() -> Profiles.under(HOME).find("card_handbok"))
        .hasMessageContaining("no profile 'card_handbok'; did you mean 'card_handbook'?");
    assertThatThrownBy(() -> Profiles.under(HOME).find("./none.yaml"))
        .hasMessageContaining("or give a file");
  }

  @Test
  void shouldRefuseAnEmptyProfile() {
    assertThatThrownBy(() -> Profiles.parse("# nothing\n", "bank"))
        .hasMessageContaining("the profile is empty");
    assertThatThrownBy(() -> Profiles.parse("- a\n", "bank")).hasMessageContaining("must be a map");
  }
}
