package dev.tidegate.ingest.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * One record's bytes to values: RFC 4180, strictly. A quote may open at a value's first character
 * only, a doubled quote within quotes is one quote, and a closing quote ends the value. Doubled
 * quotes are resolved in place. One pass, O(bytes).
 */
final class RowParser {
  private static final byte QUOTE = '"';

  private final byte delimiter;
  private final boolean trim;
  private final boolean multiline;
  private final boolean utf8;
  private final CharsetDecoder decoder;

  RowParser(char delimiter, boolean trim, boolean multiline, Charset charset) {
    this.delimiter = (byte) delimiter;
    this.trim = trim;
    this.multiline = multiline;
    this.utf8 = charset.equals(StandardCharsets.UTF_8);
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Splits the bytes between two positions into a row, whose buffer is already set. */
  RowFault parse(Row row, int from, int to) {
    byte[] bytes = row.bytes();
    if (from == to) {
      return RowFault.BLANK;
    }
    RowFault text = textFault(row, bytes, from, to);
    if (text != RowFault.NONE) {
      return text;
    }
    int at = from;
    while (true) {
      int end =
          at < to && bytes[at] == QUOTE ? quoted(row, bytes, at, to) : plain(row, bytes, at, to);
      if (end < 0) {
        return end == -1 ? RowFault.QUOTE_UNCLOSED : RowFault.QUOTE_BROKEN;
      }
      if (end == to) {
        if (trim) {
          row.trim();
        }
        return RowFault.NONE;
      }
      at = end + 1;
    }
  }

  private int plain(Row row, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != delimiter) {
      if (bytes[at] == QUOTE) {
        return -2;
      }
      at++;
    }
    row.add(from, at);
    return at;
  }

  private int quoted(Row row, byte[] bytes, int from, int to) {
    int write = from + 1;
    int at = from + 1;
    while (at < to) {
      byte b = bytes[at];
      if (b == QUOTE) {
        if (at + 1 < to && bytes[at + 1] == QUOTE) {
          at++;
        } else {
          row.add(from + 1, write);
          return at + 1 == to || bytes[at + 1] == delimiter ? at + 1 : -2;
        }
      }
      bytes[write++] = b;
      at++;
    }
    return -1;
  }

  private RowFault textFault(Row row, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b < 0) {
        row.notAscii();
      } else if ((b < ' ' && b != '\t' && !(multiline && (b == '\n' || b == '\r'))) || b == 0x7f) {
        return RowFault.NOT_TEXT;
      }
    }
    return row.isAscii() || decodes(bytes, from, to) ? RowFault.NONE : RowFault.NOT_TEXT;
  }

  /** True if the bytes are text of the charset and hold no mark of an earlier failed decoding. */
  private boolean decodes(byte[] bytes, int from, int to) {
    try {
      CharSequence text = decoder.reset().decode(ByteBuffer.wrap(bytes, from, to - from));
      return !utf8 || text.toString().indexOf('\ufffd') < 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
