package dev.tidegate.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorResult.Duplicate;
import dev.tidegate.ingest.door.DoorResult.Refused;
import dev.tidegate.ingest.door.DoorResult.Skipped;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.ProfileException;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDoorTest {
  private static final String HEADER = "id,t,amount,cur,from,to,pan,label,kind\n";
  private static final String GOOD = "7,2026-01-01T10:00:00Z,12.34,EUR,A,B,4111111111111111,0,\n";

  private static final String YAML =
      """
      fields:
        transactionId: id
        time: t
        amount: {column: amount, min: 0, max: 1000000}
        currency: {column: cur, values: {Euro: EUR}, digits: {BTC: 8}}
        payerAccount: from
        payeeAccount: {column: to, nulls: ["-1"]}
        card: {column: pan, luhn: true}
      label: {column: label, positive: ["1"], negative: ["0"], unknown: ["2"], kind: kind}
      """;

  private static Profile profile(String yaml) {
    return Profiles.parse(yaml, "bank");
  }

  private static DoorResult one(String line) {
    return Doors.all(Doors.over(HEADER + line, profile(YAML))).get(0);
  }

  private static Transaction transaction(DoorResult result) {
    return ((Accepted) result).transaction();
  }

  @Test
  void shouldFillATransactionAndItsLabel() {
    Accepted accepted = (Accepted) one(GOOD.replace(",0,\n", ",1,fan_in\n"));

    Transaction transaction = accepted.transaction();
    assertThat(transaction.getTransactionId()).isEqualTo("7");
    assertThat(transaction.getEventTimeMs())
        .isEqualTo(Instant.parse("2026-01-01T10:00:00Z").toEpochMilli());
    assertThat(transaction.getIngestedAtMs()).isEqualTo(Doors.NOW.toEpochMilli());
    assertThat(transaction.getSource()).isEqualTo("bank");
    assertThat(transaction.getSourceOffset()).isEqualTo(2);
    assertThat(transaction.getAmountMinor()).isEqualTo(1234);
    assertThat(transaction.getCurrency()).isEqualTo("EUR");
    assertThat(transaction.getPayerAccount()).isEqualTo("A");
    assertThat(transaction.getPayeeAccount()).isEqualTo("B");
    assertThat(transaction.getCardToken())
        .isEqualTo(new Tokeniser(Doors.KEY).ofCardNumber("4111111111111111"));
    assertThat(transaction.getCardBin()).isEqualTo("411111");
    assertThat(transaction.getCardLastFour()).isEqualTo("1111");
    assertThat(transaction.toString()).doesNotContain("4111111111111111");
    Label label = accepted.label();
    assertThat(label.getFraud()).isTrue();
    assertThat(label.getKind()).isEqualTo("fan_in");
    assertThat(label.getOrigin()).isEqualTo("bank");
    assertThat(label.getKnownAtMs() - label.getEventTimeMs())
        .isEqualTo(Duration.ofDays(7).toMillis());
  }

  @Test
  void shouldReadAFileWithoutTheLabelsColumnsThoughTheProfileExpectsThem() {
    Profile expecting = profile(YAML + "expect: {kind: [a, b], from: text}\n");
    CsvDoor door =
        Doors.over(
            """
            id,t,amount,cur,from,to,pan
            7,2026-01-01T10:00:00Z,12.34,EUR,A,B,4111111111111111
            8,2026-01-01T10:00:00Z,12.34,EUR,,B,4111111111111111
            """,
            expecting);

    List<DoorResult> results = Doors.all(door);

    assertThat(((Accepted) results.get(0)).label()).isNull();
    assertThat(((Refused) results.get(1)).rejected().getReason()).isEqualTo("value-unexpected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EUR|Euro|ACCEPTED|",
        "EUR|JPY|ACCEPTED|",
        "EUR|BTC|ACCEPTED|",
        ",B,|,-1,|ACCEPTED|",
        "4111111111111111|4111 1111-1111 1111|ACCEPTED|",
        "4111111111111111||ACCEPTED|",
        ",0,|,2,|ACCEPTED|",
        "7,2026|,2026|id-missing|transactionId",
        "2026-01-01T10:00:00Z|2026-01-01T1x:00:00Z|time-unreadable|time",
        "2026-01-01T10:00:00Z||time-missing|time",
        "2026-01-01T10:00:00Z|2926-01-01T10:00:00Z|time-implausible|time",
        "12.34|12,34|wrong-column-count|",
        "12.34|twelve|amount-unreadable|amount",
        "12.34||amount-missing|amount",
        "12.34|-0.01|amount-implausible|amount",
        "12.34|1000000.01|amount-implausible|amount",
        "12.34|9e30|amount-implausible|amount",
        "EUR|EUX|currency-unknown|currency",
        "EUR|XXX|currency-unknown|currency",
        "EUR||currency-missing|currency",
        ",A,B,4111111111111111|,,B,|payer-missing|payerAccount",
        "4111111111111111|4111111111111112|card-unreadable|card",
        "4111111111111111|41111111111|card-unreadable|card",
        "4111111111111111|4111x11111111111|card-unreadable|card",
        ",0,|,x,|label-unreadable|label",
        ",0,|,,|label-unreadable|label",
        ",A,|,\"A,|quote-unclosed|",
        ",A,|,A\"A,|quote-broken|",
        ",A,|,A\u0000,|not-text|",
      })
  void shouldGiveEachDamageItsReason(String good, String bad, String outcome, String field) {
    DoorResult result = one(GOOD.replace(good, bad == null ? "" : bad));

    if (outcome.equals("ACCEPTED")) {
      assertThat(result).isInstanceOf(Accepted.class);
      return;
    }
    Rejected rejected = ((Refused) result).rejected();
    assertThat(rejected.getReason()).isEqualTo(outcome);
    assertThat(rejected.getField()).isEqualTo(field);
    assertThat(rejected.getSource()).isEqualTo("bank");
    assertThat(rejected.getSourceOffset()).isEqualTo(2);
    assertThat(rejected.getRejectedAtMs()).isEqualTo(Doors.NOW.toEpochMilli());
    assertThat(rejected.getDetail()).isNotBlank().doesNotContain("4111", "twelve", "EUX");
  }

  @Test
  void shouldTakeTheCardsTokenThenTheCustomerForThePayer() {
    String yaml =
        """
        fields:
          time: t
          amount: a
          currency: {value: JPY}
          customerId: user
          card: {columns: [user, card], token: true}
        """;
    List<DoorResult> results =
        Doors.all(Doors.over("t,a,user,card\n2026-01-01,5,u,1\n2026-01-01,5,u,\n", profile(yaml)));

    assertThat(transaction(results.get(0)).getPayerAccount())
        .isEqualTo(new Tokeniser(Doors.KEY).ofCardId("u-1"))
        .isEqualTo(transaction(results.get(0)).getCardToken());
    assertThat(transaction(results.get(0)).getCardBin()).isNull();
    assertThat(transaction(results.get(0)).getTransactionId()).isEqualTo("bank-2");
    assertThat(transaction(results.get(0)).getAmountMinor()).isEqualTo(5);
    assertThat(transaction(results.get(1)).getPayerAccount()).isEqualTo("u");
  }

  @Test
  void shouldDropARepetitionAndRejectAConflict() {
    CsvDoor door =
        Doors.over(HEADER + GOOD + GOOD + GOOD.replace("12.34", "12.35") + GOOD, profile(YAML));

    List<DoorResult> results = Doors.all(door);

    assertThat(results.get(0)).isInstanceOf(Accepted.class);
    assertThat(results.get(1)).isEqualTo(new Duplicate(3));
    assertThat(((Refused) results.get(2)).rejected().getReason()).isEqualTo("id-conflict");
    assertThat(results.get(3)).isEqualTo(new Duplicate(5));
    DoorCounts counts = door.counts();
    assertThat(counts.rows()).isEqualTo(4);
    assertThat(counts.accepted()).isEqualTo(1);
    assertThat(counts.duplicates()).isEqualTo(2);
    assertThat(counts.rejected()).containsExactly(java.util.Map.entry("id-conflict", 1L));
    assertThat(counts.negatives()).isEqualTo(1);
  }

  @Test
  void shouldGiveNoLabelWhereTheFileSaysUnknown() {
    assertThat(((Accepted) one(GOOD.replace(",0,\n", ",2,\n"))).label()).isNull();
  }

  @Test
  void shouldTakeLabelsOfASourceThatIsNoFile() throws IOException {
    String yaml =
        "fields: {transactionId: id, time: t, amount: a, currency: {value: EUR}, payerAccount: p}\n"
            + "label: {file: labels.csv, key: id, kind: kind, delay: 2d}";
    byte[] rows = "id,t,a,p\n1,2026-01-01,1,x\n2,2026-01-01,1,x\n".getBytes(UTF_8);
    DoorSettings settings = Doors.settings().withLabels(id -> id.equals("2") ? "theft" : null);
    try (CsvDoor door =
        CsvDoor.open(new ByteArrayInputStream(rows), "live", profile(yaml), settings)) {
      List<DoorResult> results = Doors.all(door);

      assertThat(door.labelled()).isTrue();
      assertThat(((Accepted) results.get(0)).label().getFraud()).isFalse();
      Label label = ((Accepted) results.get(1)).label();
      assertThat(label.getKind()).isEqualTo("theft");
      assertThat(label.getKnownAtMs() - label.getEventTimeMs())
          .isEqualTo(Duration.ofDays(2).toMillis());
    }
  }

  @Test
  void shouldSortStablyAndKeepLineNumbers() {
    String csv = "t,a,p\n2026-01-03,1,x\n2026-01-01,2,x\nbad,3,x\n2026-01-03,4,x\n2026-01-02,5,x\n";
    String yaml =
        "file: {sort: true}\n"
            + "fields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p}";
    List<DoorResult> results = Doors.all(Doors.over(csv, profile(yaml)));

    assertThat(results).extracting(DoorResult::line).containsExactly(4L, 3L, 6L, 2L, 5L);
  }

  @Test
  void shouldLeaveRowsOutAndCheckColumns() {
    String yaml =
        """
        rows: {keep: {type: [pay, "move"]}, drop: {p: [z]}}
        fields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p}
        expect: {n: integer, x: "number?", type: [pay]}
        """;
    String csv =
        """
        t,a,p,type,n,x
        2026-01-01,1,a,pay,1,
        2026-01-01,1,z,pay,1,
        2026-01-01,1,a,no,1,
        2026-01-01,1,a,pay,1.5,
        2026-01-01,1,a,pay,-3,1e
        2026-01-01,1,a,pay,-3,-1.5e3
        2026-01-01,1,a,move,1,
        """;
    CsvDoor door = Doors.over(csv, profile(yaml));

    List<DoorResult> results = Doors.all(door);

    assertThat(results.get(0)).isInstanceOf(Accepted.class);
    assertThat(results.get(1)).isEqualTo(new Skipped(3));
    assertThat(results.get(2)).isEqualTo(new Skipped(4));
    assertThat(((Refused) results.get(3)).rejected().getField()).isEqualTo("n");
    assertThat(((Refused) results.get(4)).rejected().getField()).isEqualTo("x");
    assertThat(results.get(5)).isInstanceOf(Accepted.class);
    assertThat(((Refused) results.get(6)).rejected().getReason()).isEqualTo("value-unexpected");
    DoorCounts counts = door.counts();
    assertThat(counts.rows())
        .isEqualTo(
            counts.accepted() + counts.rejectedTotal() + counts.duplicates() + counts.skipped());
  }

  @ParameterizedTest
  @CsvSource({
    "word,bank_a-1.x,true", "word,###,false", "word,a b,false", "word,é,false", "word,'',false",
    "word?,'',true", "text,a b,true", "text,é,true", "text,###,false", "text,' ',false",
  })
  void shouldKnowWordsAndTexts(String shape, String value, boolean good) {
    String yaml =
        """
        fields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p}
        expect: {x: "%s"}
        """;
    Profile expecting = profile(yaml.replace("%s", shape));
    List<DoorResult> results =
        Doors.all(Doors.over("t,a,p,x\n2026-01-01,1,a," + value + "\n", expecting));
    assertThat(results.get(0) instanceof Accepted).isEqualTo(good);
  }

  @Test
  void shouldQuarantineTheFutureOnlyWhereToldTo() {
    String row = "t,a,p\n2026-03-02T00:00:00Z,1,x\n2026-03-02T00:00:01Z,1,x\n";
    String fields = "fields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p}\n";

    assertThat(Doors.all(Doors.over(row, profile(fields)))).allMatch(Accepted.class::isInstance);
    CsvDoor careful = Doors.over(row, profile("file: {futureLimit: 1d}\n" + fields));
    assertThat(Doors.all(careful).get(0)).isInstanceOf(Accepted.class);
    assertThat(careful.counts().rejected()).containsKey("time-in-future");
  }

  @Test
  void shouldReadAFileWithoutAHeader() {
    String yaml =
        "file: {columns: [t, a, p]}\n"
            + "fields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p}";
    List<DoorResult> results = Doors.all(Doors.over("2026-01-01,1,x\n", profile(yaml)));

    assertThat(results).hasSize(1);
    assertThat(results.get(0).line()).isEqualTo(1);
  }

  @Test
  void shouldSayWhichColumnsAreMissing() {
    assertThatThrownBy(() -> Doors.over("id,t,amuont,cur,from,to,pan,label\n", profile(YAML)))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("no column 'amount'; did you mean 'amuont'?")
        .hasMessageContaining("no column 'kind'")
        .hasMessageContaining("its columns: id, t, amuont");
    assertThatThrownBy(() -> Doors.over(HEADER.replace("kind", "kind,id"), profile(YAML)))
        .hasMessageContaining("two columns 'id'");
    assertThatThrownBy(() -> Doors.over("", profile(YAML))).hasMessageContaining("is empty");
  }

  @Test
  void shouldRefuseAProfileWhoseCurrencyIsNone() {
    assertThatThrownBy(() -> Doors.over(HEADER, profile(YAML.replace("Euro: EUR", "Euro: EUO"))))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("currency 'EUO' is no ISO 4217 code");
  }
}
