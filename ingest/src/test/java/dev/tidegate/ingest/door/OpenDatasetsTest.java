package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidegate.ingest.door.DoorResult.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped profiles over the open datasets they are for, where those are at hand. */
class OpenDatasetsTest {
  private static final int ROWS = 3_000;
  private static final Path DATASETS =
      Path.of(System.getProperty("tidegate.shared", "../../shared")).resolve("data");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card_handbook|card_handbook/transactions_2018-04-01_2018-09-04.csv.zst|true",
        "card_sparkov|card_sparkov_a/transactions.csv.zst|true",
        "card_s_ffsd|card_s_ffsd/S-FFSD.zip|true",
        "card_tabformer_user0|card_tabformer_user0/User0_credit_card_transactions.csv.zst|true",
        "aml_amlgentex|aml_amlgentex_a/transactions.csv.zst|true",
        "aml_tide|aml_tide_a/transactions.csv.zst|true",
        "aml_amlsim|aml_amlsim_a/transactions.csv.zst|true",
        "aml_amlsim_published_samples"
            + "|aml_amlsim_published_samples/amlsim_samples.tar.zst!20K_cycle200/transactions.csv"
            + "|false",
        "aml_ibm_hi_small_patterns|aml_ibm_hi_small_patterns/patterns_even.csv|true",
      })
  void shouldReadTheFirstRowsWithoutARejection(String profile, String file, boolean labelled)
      throws IOException {
    Path path = DATASETS.resolve(file);
    if (!Files.exists(Path.of(path.toString().replaceFirst("!.*", "")))) {
      System.out.println("skipped: not found: " + path);
    }
    assumeTrue(Files.exists(Path.of(path.toString().replaceFirst("!.*", ""))), "not found");

    try (CsvDoor door = CsvDoor.open(path, Doors.shipped(profile), Doors.settings())) {
      long newest = Long.MIN_VALUE;
      DoorResult result = door.next();
      while (result != null && door.counts().rows() < ROWS) {
        if (result instanceof Accepted accepted) {
          assertThat(accepted.transaction().getEventTimeMs()).isGreaterThanOrEqualTo(newest);
          newest = accepted.transaction().getEventTimeMs();
        }
        result = door.next();
      }
      assertThat(door.labelled()).isEqualTo(labelled);
      assertThat(door.counts().rejected()).isEmpty();
      assertThat(door.counts().accepted()).isEqualTo(door.counts().rows());
    }
  }
}
