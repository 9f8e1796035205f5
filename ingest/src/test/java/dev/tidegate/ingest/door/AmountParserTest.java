package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.ingest.profile.MoneyRule;
import dev.tidegate.ingest.profile.MoneyRule.Sign;
import dev.tidegate.ingest.profile.TextRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountParserTest {
  private static AmountParser parser(boolean minor, String strip, char decimal, Sign sign) {
    TextRule text = TextRule.column("a", Set.of(""));
    return new AmountParser(
        new MoneyRule(text, minor, strip, decimal, sign, null, null, text, Map.of()));
  }

  private static long parse(AmountParser parser, String text, int places) {
    byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 1, bytes.length - 1, places);
  }

  @Property
  void shouldEqualBigDecimal(
      @ForAll @BigRange(min = "-999999999999", max = "999999999999") @Scale(20) BigDecimal amount,
      @ForAll @IntRange(max = 3) int places,
      @ForAll @IntRange(max = 20) int scale) {
    BigDecimal shown = amount.setScale(scale, RoundingMode.DOWN);
    AmountParser parser = parser(false, "", '.', Sign.AS_IS);

    assertThat(parse(parser, shown.toPlainString(), places))
        .isEqualTo(
            shown.movePointRight(places).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }

  @ParameterizedTest
  @CsvSource({
    "57.16,5716",
    "146.0,14600",
    "0,0",
    "-99.00,-9900",
    "+1.5,150",
    ".5,50",
    "0.005,0",
    "0.015,2",
    "0.025,2",
    "9.094947017729282e-13,0",
    "1e3,100000",
    "29.889999999999997,2989",
    "00000000000000000001.00,100",
  })
  void shouldRoundHalfEvenToMinorUnits(String text, long minor) {
    assertThat(parse(parser(false, "", '.', Sign.AS_IS), text, 2)).isEqualTo(minor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "12.",
        "1.2.3",
        "1,2",
        "12a",
        "NaN",
        "Infinity",
        "0x1F",
        " 1",
        "--1",
        "1e",
        "1e999",
        "٣",
        "1_000"
      })
  void shouldRefuseWhatIsNoNumber(String text) {
    assertThat(parse(parser(false, "", '.', Sign.AS_IS), text, 2))
        .isEqualTo(AmountParser.UNREADABLE);
  }

  @Test
  void shouldLeaveOutCharactersAndKnowTheDecimalMark() {
    assertThat(parse(parser(false, "$,", '.', Sign.AS_IS), "$-1,099.50", 2)).isEqualTo(-109_950);
    assertThat(parse(parser(false, ".", ',', Sign.AS_IS), "1.099,5", 2)).isEqualTo(109_950);
    assertThat(parse(parser(false, "", ',', Sign.AS_IS), "1.099,5", 2))
        .isEqualTo(AmountParser.UNREADABLE);
  }

  @Test
  void shouldKnowMinorUnitsAndSigns() {
    assertThat(parse(parser(true, "", '.', Sign.AS_IS), "1234", 2)).isEqualTo(1234);
    assertThat(parse(parser(false, "", '.', Sign.NEGATED), "-12.34", 2)).isEqualTo(1234);
    assertThat(parse(parser(false, "", '.', Sign.ABSOLUTE), "-12.34", 2)).isEqualTo(1234);
    assertThat(parse(parser(false, "", '.', Sign.AS_IS), "0.12345678", 8)).isEqualTo(12_345_678);
  }

  @Test
  void shouldGoBeyondTheLargestAmountWithoutOverflow() {
    AmountParser parser = parser(false, "", '.', Sign.AS_IS);
    assertThat(parse(parser, "999999999999999999", 2)).isGreaterThan(AmountParser.LARGEST);
    assertThat(parse(parser, "1e40", 2)).isGreaterThan(AmountParser.LARGEST);
    assertThat(parse(parser, "-99999999999999999999999", 2)).isLessThan(-AmountParser.LARGEST);
  }
}
