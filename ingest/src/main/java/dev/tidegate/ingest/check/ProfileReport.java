package dev.tidegate.ingest.check;

import java.util.List;
import java.util.Map;

/**
 * What a profile makes of a file.
 *
 * @param profile name of the profile
 * @param file the file
 * @param fits false if the profile names a column that the file lacks, or the file cannot be read;
 *     then {@code problems} says what, and no row was read
 * @param problems what is wrong, each with its fix
 * @param firstRows the first rows as read: field -> value, without the fields that stay empty
 * @param mapped field -> what fills it
 * @param empty what stays empty and what will not work because of it
 * @param unusedColumns columns of the file that the profile does not name
 * @param rowsRead rows that were read
 * @param wholeFile true if there are no more rows
 * @param accepted rows that became payments
 * @param duplicates rows read before
 * @param skipped rows the profile leaves out
 * @param positives payments labelled as fraud
 * @param negatives payments labelled as legitimate
 * @param rejected rejections by reason code
 * @param disorder how far the payments stand out of order
 */
public record ProfileReport(
    String profile,
    String file,
    boolean fits,
    List<String> problems,
    List<Map<String, String>> firstRows,
    Map<String, String> mapped,
    List<String> empty,
    List<String> unusedColumns,
    long rowsRead,
    boolean wholeFile,
    long accepted,
    long duplicates,
    long skipped,
    long positives,
    long negatives,
    Map<String, Long> rejected,
    Disorder disorder) {
  /** The report for people; its first line says whether the profile fits. */
  public String text() {
    return new ReportText(this).text();
  }
}
