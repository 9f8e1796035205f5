package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void shouldEscapeTextAndAttributes() {
    Markup made = Markup.of("<a title=\"{}\">{}</a>", "\"'><img>", "<script>&");

    assertThat(made.html())
        .isEqualTo("<a title=\"&quot;&#39;&gt;&lt;img&gt;\">&lt;script&gt;&amp;</a>");
  }

  @Test
  void shouldTakeMarkupAsItIsAndNothingForNull() {
    assertThat(Markup.of("{}|{}|{}", Markup.of("<b>x</b>"), null, 7).html())
        .isEqualTo("<b>x</b>||7");
  }

  @Test
  void shouldNotFillPlacesThatAValueBrings() {
    assertThat(Markup.of("{}-{}", "{}", "b").html()).isEqualTo("{}-b");
  }

  @Test
  void shouldRefuseTooFewOrTooManyValues() {
    assertThatThrownBy(() -> Markup.of("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Markup.of("x", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReplaceControlCharacters() {
    assertThat(Markup.of("{}", "a\u0000b\u001bc\u0085d\ne").html())
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\ne");
  }

  @Test
  void shouldEncodeAddresses() {
    assertThat(Markup.address("a b/c?d&e\"")).isEqualTo("a%20b%2Fc%3Fd%26e%22");
  }

  @Property
  void shouldNeverLetAValueOpenATagOrLeaveAnAttribute(@ForAll String value) {
    String html = Markup.each(List.of(value), text -> Markup.of("{}", text)).html();

    assertThat(html).doesNotContain("<", ">", "\"", "'");
  }
}
