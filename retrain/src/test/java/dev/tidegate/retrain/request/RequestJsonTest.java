package dev.tidegate.retrain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.RetrainRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestJsonTest {
  private static final RetrainRequest REQUEST =
      RetrainRequest.newBuilder()
          .setRequestId("r1")
          .setModel("card")
          .setCause("person")
          .setRequestedBy("alice")
          .setRequestedAtMs(5)
          .setStatistic(Double.NaN)
          .setThreshold(Double.NaN)
          .setWindowStartMs(1)
          .setWindowEndMs(2)
          .setRelease("card-0001")
          .setOffsets(Map.of("labels-1", 4L, "features-0", 9L))
          .setCutMs(3)
          .setSeed(Long.MAX_VALUE)
          .build();

  @Test
  void shouldComeBackAsItWent() {
    RetrainRequest read = RequestJson.read(RequestJson.write(REQUEST));

    assertThat(read.getOffsets()).isEqualTo(REQUEST.getOffsets());
    RetrainRequest rest = RetrainRequest.newBuilder(read).setOffsets(Map.of()).build();
    assertThat(rest)
        .hasToString(RetrainRequest.newBuilder(REQUEST).setOffsets(Map.of()).build().toString());
  }

  @Test
  void shouldBeOneTextWhateverTheOrderOfOffsets() {
    String text = RequestJson.write(REQUEST);

    assertThat(text).contains("\"offsets\":{\"features-0\":9,\"labels-1\":4}");
    assertThat(RequestJson.write(RequestJson.read(text))).isEqualTo(text);
  }

  @Test
  void shouldNameWhatIsMissing() {
    assertThatThrownBy(() -> RequestJson.read("{\"requestId\":\"r\"}"))
        .hasMessage("the request has no field model");
    assertThatThrownBy(() -> RequestJson.read("no")).hasMessageContaining("must be JSON");
  }
}
