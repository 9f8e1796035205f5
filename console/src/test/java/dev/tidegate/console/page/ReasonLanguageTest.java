package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonLanguageTest {
  @ParameterizedTest
  @CsvSource({
    "'zh-CN,zh;q=0.9,en;q=0.8', CHINESE",
    "zh-Hant-TW, CHINESE",
    "'fr,zh;q=0.5,en;q=0.4', CHINESE",
    "'fr,en;q=0.5,zh;q=0.4', ENGLISH",
    "'en-GB,en;q=0.9', ENGLISH",
    "'en;q=0.2,zh;q=0.7', CHINESE",
    "fr, ENGLISH",
    "*, ENGLISH",
    "'zh;q=nonsense', ENGLISH",
    "zhuang, ENGLISH",
    "'', ENGLISH",
    ", ENGLISH",
  })
  void shouldPreferWhatTheBrowserAsksForFirst(@Nullable String accepted, ReasonLanguage expected) {
    assertThat(ReasonLanguage.preferred(accepted)).isEqualTo(expected);
  }
}
