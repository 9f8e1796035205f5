package dev.tidegate.ingest.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.ingest.door.Doors;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCheckTest {
  private static final String HEADER = "id,t,a,p,pan,spare\n";
  private static final Profile PROFILE =
      Profiles.parse(
          """
          fields:
            transactionId: id
            time: {column: t, format: yyyy-MM-dd}
            amount: a
            currency: {value: EUR}
            customerId: p
            card: pan
          label: {file: frauds.csv, key: id}
          """,
          "bank");

  @TempDir Path folder;

  private ProfileReport check(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("data.csv"), text);
    return ProfileCheck.run(file, PROFILE, Doors.settings(), 3);
  }

  @Test
  void shouldShowRowsAndSayWhatIsMissing() throws IOException {
    ProfileReport report =
        check(
            HEADER
                + "1,2026-01-01,12.5,c1,4111111111111111,x\n2,2026-01-01,1.00,c2,,x\n"
                + "3,01.01.2026,1.00,c2,,x\n3,2026-01-01,1.00,c2,,x\n4,2026-01-01,1.00,c2,,x\n");

    assertThat(report.fits()).isTrue();
    assertThat(report.firstRows()).hasSize(3);
    assertThat(report.firstRows().get(0))
        .containsEntry("line", "2")
        .containsEntry("time", "2026-01-01T00:00:00Z")
        .containsEntry("amount", "12.50 EUR")
        .containsEntry("customerId", "c1");
    assertThat(report.rejected()).containsEntry("time-unreadable", 1L);
    assertThat(report.unusedColumns()).containsExactly("spare");
    assertThat(report.wholeFile()).isTrue();
    assertThat(report.text())
        .startsWith("Profile bank fits ")
        .contains("12.50 EUR")
        .contains("the file of labels, frauds.csv, is not beside the data")
        .contains("no payee, merchant or terminal: counterparty features stay empty")
        .contains("the card's token stands for the account that pays")
        .contains("Columns not used\n  spare")
        .contains("All 5 rows: 4 payments, 1 rejected")
        .containsPattern("time-unreadable +1 +20.00 %")
        .doesNotContain("4111111111111111");
  }

  @Test
  void shouldNameTheNearestColumnWhereOneIsMissing() throws IOException {
    ProfileReport report = check("ID,t,amount,p,pan\n");

    assertThat(report.fits()).isFalse();
    assertThat(report.text())
        .startsWith("Profile bank does not fit ")
        .contains("no column 'id'; did you mean 'ID'?");
  }

  @Test
  void shouldSayThatNoRowIsAPayment() throws IOException {
    assertThat(check(HEADER).text()).contains("the file has a header and no rows");
    assertThat(check(HEADER + "a\nb\n").text()).contains("no row could be read as a payment");
  }

  @Test
  void shouldCountTheFirstTenThousandRowsOnly() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 10_001; i++) {
      text.append(i).append(",2026-01-01,1.00,c2,,x\n");
    }
    ProfileReport report = check(text.toString());
    assertThat(report.rowsRead()).isEqualTo(10_000);
    assertThat(report.wholeFile()).isFalse();
    assertThat(report.text()).contains("First 10,000 rows: 10,000 payments");
  }

  @Test
  void shouldBeJsonForMachines() throws IOException {
    JsonNode json = new ObjectMapper().valueToTree(check(HEADER + "1,2026-01-01,12.5,c1,,x\n"));
    assertThat(json.get("fits").asBoolean()).isTrue();
    assertThat(json.get("firstRows").get(0).get("amount").asText()).isEqualTo("12.50 EUR");
  }

  @Test
  void shouldSayHowFarRowsAreOutOfOrder() throws IOException {
    ProfileReport report =
        check(
            HEADER
                + "1,2026-01-05,1,c,,x\n2,2026-01-02,1,c,,x\n3,2026-01-06,1,c,,x\n"
                + "4,2026-01-04,1,c,,x\n");

    assertThat(report.disorder()).isEqualTo(new Disorder(2, 4, 3 * 86_400_000L));
    assertThat(report.text())
        .contains(
            "2 of 4 payments (50.00 %) stand behind an earlier row's time, the furthest by 3d")
        .contains("say file: {sort: true}, or disorder: 3d or more");
  }

  @Test
  void shouldSayThatTimesAreInOrder() throws IOException {
    ProfileReport report = check(HEADER + "1,2026-01-05,1,c,,x\n2,2026-01-05,1,c,,x\n");

    assertThat(report.text())
        .contains("every payment's time is that of the row before it, or later")
        .doesNotContain("sort: true");
  }

  @Test
  void shouldSayWhatToDoAboutCardNumbersInOtherFields() throws IOException {
    ProfileReport report =
        check(HEADER + "1,2026-01-05,1,4111111111111111,,x\n2,2026-01-05,1,c,,x\n");

    assertThat(report.rejected()).containsEntry("card-misplaced", 1L);
    assertThat(report.text())
        .contains("say notCard: true at the field")
        .doesNotContain("4111111111111111");
  }
}
