package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorResult.Refused;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.ProfileException;
import dev.tidegate.ingest.profile.Profiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A card number travels as a token or not at all; a long id that is none travels as it stands. */
class CardNumbersTest {
  @TempDir private Path folder;

  /** Test numbers that the networks publish. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4222222222222",
        "4000000000000000006",
        "5555555555554444",
        "2223003122003222",
        "2200000000000004",
        "378282246310005",
        "30569309025904",
        "36227206271667",
        "6011111111111117",
        "3530111333300000",
        "6200000000000005",
        "6759649826438453",
        "5019717010103742",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        " 4111111111111111 ",
        "4111 1111-11111111",
        "card 4111 1111 1111 1111 lost",
        "070-4111111111111111",
        "PAN4111111111111111",
        "4111111111111111-x",
        "(4111111111111111)",
        "4111\u00a01111\u00a01111\u00a01111"
      })
  void shouldFindCardNumbers(String text) {
    assertThat(CardNumbers.in(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "4111111111111112",
        "1234567890123452",
        "0000000000000000",
        "9999999999999995",
        "411111111111111",
        "41111111111111111111",
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "NO9386011117947",
        "TX0000004111",
        "2018-07-25 10:11:12",
        "4111111111111111a",
        "192.168.100.200",
        "550e8400-e29b-41d4-a716-446655440000"
      })
  void shouldLeaveOtherTextsAlone(String text) {
    assertThat(CardNumbers.in(text)).isFalse();
  }

  /** A Finnish IBAN whose digits alone are a card number of Diners Club. */
  @Test
  void shouldKnowAnIban() {
    for (int account = 0; account < 100_000; account++) {
      String number = "38" + String.format(Locale.ROOT, "%014d", account);
      if (mod97("FI" + number) && CardNumbers.in(number)) {
        assertThat(CardNumbers.in("FI" + number)).isFalse();
        assertThat(CardNumbers.in("FI" + number.replaceAll("(..)(....)", "$1 $2 "))).isFalse();
        return;
      }
    }
    throw new AssertionError("no IBAN among the samples looks like a card number");
  }

  private static boolean mod97(String iban) {
    StringBuilder number = new StringBuilder();
    for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
      number.append(Character.digit(c, 36));
    }
    return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  @Test
  void shouldTakeFewRandomNumbersForCards() {
    Random random = new Random(20260301);
    int cards = 0;
    for (int i = 0; i < 100_000; i++) {
      long number = random.nextLong(10_000_000_000_000_000L);
      cards += CardNumbers.in(String.format(Locale.ROOT, "%016d", number)) ? 1 : 0;
    }
    assertThat(cards).isBetween(1_000, 4_000);
  }

  private static DoorResult one(String payee, String rule) {
    Profile profile =
        Profiles.parse(
            "fields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p, payeeAccount: "
                + rule
                + "}",
            "bank");
    return Doors.all(Doors.over("t,a,p,to\n2026-01-01,1,A," + payee + "\n", profile)).get(0);
  }

  @Test
  void shouldRejectARowWithACardNumberInAnotherField() {
    Refused refused = (Refused) one("4111 1111-11111111", "to");

    assertThat(refused.rejected().getReason()).isEqualTo("card-misplaced");
    assertThat(refused.rejected().getField()).isEqualTo("payeeAccount");
    assertThat(refused.rejected().toString()).doesNotContain("4111");
  }

  @Test
  void shouldTakeTheProfilesWordThatNumbersAreNoCards() {
    Accepted accepted = (Accepted) one("4111111111111111", "{column: to, notCard: true}");

    assertThat(accepted.transaction().getPayeeAccount()).isEqualTo("4111111111111111");
  }

  @Test
  void shouldRefuseTheWordWhereItMeansNothing() {
    assertThatThrownBy(
            () ->
                Profiles.parse(
                    "fields: {time: {column: t, notCard: true}, amount: a, currency: c,"
                        + " payerAccount: p}",
                    "bank"))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("notCard is for fields of text");
  }

  private DoorResult labelled(String labels) throws IOException {
    Files.writeString(folder.resolve("frauds.csv"), labels);
    Path file = Files.writeString(folder.resolve("data.csv"), "id,t,a,p\n1,2026-01-01,1,A\n");
    Profile profile =
        Profiles.parse(
            """
            fields: {transactionId: id, time: t, amount: a, currency: {value: EUR}, payerAccount: p}
            label: {file: frauds.csv, key: id, kind: k}
            """,
            "bank");
    try (CsvDoor door = CsvDoor.open(file, profile, Doors.settings())) {
      return Doors.all(door).get(0);
    }
  }

  @Test
  void shouldAcceptBlankLinesAtTheEndOfLabels() throws IOException {
    Accepted accepted = (Accepted) labelled("id,k\n1,theft\n\n\n");

    assertThat(accepted.label().getKind()).isEqualTo("theft");
  }

  @Test
  void shouldRefuseABlankLineAmongLabels() {
    assertThatThrownBy(() -> labelled("id,k\n\n1,theft\n"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("line 2 cannot be read");
  }

  @Test
  void shouldRefuseACardNumberAsTheKindOfALabel() {
    assertThatThrownBy(() -> labelled("id,k\n1,4111111111111111\n"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("line 2 has what looks like a card number")
        .hasMessageNotContaining("4111");
  }
}
