package dev.tidegate.lab.bank;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulated payments as the bytes of a CSV file, header first, made while they are read: the live
 * feed of the ordinary CSV door. Fields never need quotes; a field that does not apply is empty;
 * lines end with a line feed. The truth is not in the bytes. Not thread-safe.
 */
public final class SimulatorCsv extends InputStream {
  /** Column names, in order. */
  public static final String HEADER =
      "transaction_id,timestamp,amount,currency,payer_account,payee_account,customer_id,"
          + "card_number,merchant_id,terminal_id,merchant_category,device_id,ip_address,"
          + "payer_country,payee_country,channel";

  private final Iterator<SimulatedTransaction> payments;
  private final Consumer<SimulatedTransaction> onRow;
  private final StringBuilder line = new StringBuilder(256);
  private long left;
  private byte[] bytes = (HEADER + '\n').getBytes(StandardCharsets.US_ASCII);
  private int at;

  /**
   * A stream over payments.
   *
   * @param payments what to write, in order
   * @param limit most rows; the stream then ends
   * @param onRow told each payment, with its truth, before the first byte of its row is read
   */
  public SimulatorCsv(
      Iterator<SimulatedTransaction> payments, long limit, Consumer<SimulatedTransaction> onRow) {
    this.payments = payments;
    this.onRow = onRow;
    left = limit;
  }

  @Override
  public int read() {
    return at == bytes.length && !advance() ? -1 : bytes[at++];
  }

  /** Returns what is left of the current row at most, so that a row is never waited for. */
  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (at == bytes.length && !advance()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return bytes.length - at;
  }

  private boolean advance() {
    if (left <= 0 || !payments.hasNext()) {
      return false;
    }
    left--;
    SimulatedTransaction payment = payments.next();
    onRow.accept(payment);
    line.setLength(0);
    append(payment, line);
    bytes = line.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    at = 0;
    return true;
  }

  /** The payment's row, without the line end. */
  public static String row(SimulatedTransaction payment) {
    StringBuilder text = new StringBuilder(256);
    append(payment, text);
    return text.toString();
  }

  private static void append(SimulatedTransaction payment, StringBuilder out) {
    out.append(payment.transactionId()).append(',');
    appendTime(payment.eventTimeMs(), out);
    appendAmount(payment.amount().minorUnits(), out.append(','));
    field(payment.amount().currency(), out);
    field(payment.payer().account(), out);
    field(payment.payee() == null ? null : payment.payee().account(), out);
    field(payment.payer().customerId(), out);
    SimulatedTransaction.CardUse card = payment.card();
    field(card == null ? null : card.number(), out);
    field(card == null ? null : card.merchantId(), out);
    field(card == null ? null : card.terminalId(), out);
    field(card == null ? null : card.category(), out);
    field(payment.access() == null ? null : payment.access().deviceId(), out);
    field(payment.access() == null ? null : payment.access().ipAddress(), out);
    field(payment.payer().country(), out);
    field(payment.payeeCountry(), out);
    field(payment.channel().code(), out);
  }

  private static void field(@Nullable String value, StringBuilder out) {
    out.append(',');
    if (value != null) {
      out.append(value);
    }
  }

  private static void appendAmount(long minorUnits, StringBuilder out) {
    long size = Math.abs(minorUnits);
    out.append(minorUnits < 0 ? "-" : "").append(size / 100).append('.');
    digits(size % 100, 2, out);
  }

  /** ISO 8601 in UTC with three decimals of a second. */
  static void appendTime(long timeMs, StringBuilder out) {
    long day = Math.floorDiv(timeMs, Day.MS);
    long rest = Math.floorMod(timeMs, Day.MS);
    LocalDate date = LocalDate.ofEpochDay(day);
    digits(date.getYear(), 4, out);
    digits(date.getMonthValue(), 2, out.append('-'));
    digits(date.getDayOfMonth(), 2, out.append('-'));
    digits(rest / 3_600_000, 2, out.append('T'));
    digits(rest / 60_000 % 60, 2, out.append(':'));
    digits(rest / 1000 % 60, 2, out.append(':'));
    digits(rest % 1000, 3, out.append('.'));
    out.append('Z');
  }

  private static void digits(long value, int width, StringBuilder out) {
    long unit = 1;
    for (int i = 1; i < width; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.append((char) ('0' + value / unit % 10));
    }
  }
}
