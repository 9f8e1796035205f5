package dev.tidegate.scoring.decide;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bands by channel as one line of text: {@code card_online step-up=0.3 alert=0.6 decline=0.95;
 * instant alert=0.4}. What a channel's bands leave out is as for all payments.
 */
public final class BandText {
  private static final String FORM =
      "CHANNEL step-up=0.3 alert=0.6 decline=0.95, of which any may be left out";
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern BAND = Pattern.compile("(step-up|alert|decline)=([0-9.]+)");

  private BandText() {}

  /**
   * Reads bands.
   *
   * @param text channels' bands between semicolons; empty for none
   * @param others bands of all other payments
   * @throws IllegalArgumentException with what is wrong and how it is written
   */
  public static SegmentBands read(String text, ScoreBands others) {
    Map<String, ScoreBands> byChannel = new TreeMap<>();
    for (String part : text.split(";", -1)) {
      String[] words = part.strip().split("\\s+");
      if (words[0].isEmpty()) {
        continue;
      }
      if (!CHANNEL.matcher(words[0]).matches() || words.length == 1) {
        throw new IllegalArgumentException("'" + part.strip() + "' is not of the form " + FORM);
      }
      if (byChannel.put(words[0], bands(words, others)) != null) {
        throw new IllegalArgumentException("channel " + words[0] + " has bands twice");
      }
    }
    return new SegmentBands(byChannel, others);
  }

  private static ScoreBands bands(String[] words, ScoreBands others) {
    Map<String, Double> found = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      Matcher band = BAND.matcher(words[i].toLowerCase(Locale.ROOT));
      if (!band.matches() || found.put(band.group(1), number(band.group(2))) != null) {
        throw new IllegalArgumentException(
            "'" + words[i] + "' of channel " + words[0] + " is not of the form " + FORM);
      }
    }
    ScoreBands bands =
        new ScoreBands(
            found.getOrDefault("step-up", others.stepUpFrom()),
            found.getOrDefault("alert", others.alertFrom()),
            found.getOrDefault("decline", others.declineFrom()));
    requireRising(words[0], bands);
    return bands;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
  }

  private static void requireRising(String channel, ScoreBands bands) {
    Double stepUp = bands.stepUpFrom();
    Double alert = bands.alertFrom();
    Double decline = bands.declineFrom();
    if ((stepUp != null && alert != null && stepUp > alert)
        || (alert != null && decline != null && alert > decline)) {
      throw new IllegalArgumentException(
          "the bands of channel " + channel + " must rise from step-up over alert to decline");
    }
  }
}
