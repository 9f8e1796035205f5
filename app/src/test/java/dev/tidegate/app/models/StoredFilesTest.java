package dev.tidegate.app.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.scoring.store.StoreFailed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StoredFilesTest {
  private static final byte[] CARD = {1, 2};
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void shouldGiveWhatComesInTimeAndKeepNothing() {
    StoredFiles files =
        new StoredFiles(
            (address, name, sum) -> {
              asked.incrementAndGet();
              return name.equals("card.html") ? CARD : null;
            },
            Duration.ofMinutes(1));
    assertThat(files.read("s3://b/one", "card.html", "00")).isEqualTo(CARD);
    assertThat(files.read("s3://b/one", "card.html", "00")).isEqualTo(CARD);
    assertThat(files.read("s3://b/one", "other", "00")).isNull();
    assertThat(asked).hasValue(3);
  }

  /** The second page comes at once: nobody waits for each file of a store that hangs. */
  @Test
  void shouldNotWaitForAStoreThatHangsAndHaveItLater() {
    CountDownLatch answers = new CountDownLatch(1);
    StoredFiles files =
        new StoredFiles(
            (address, name, sum) -> {
              asked.incrementAndGet();
              awaitUninterrupted(answers);
              return CARD;
            },
            Duration.ofMillis(20));
    for (int page = 0; page < 3; page++) {
      assertThat(files.read("s3://b/one", "card.html", "00")).isNull();
    }
    assertThat(asked).as("one request").hasValueLessThanOrEqualTo(1);
    answers.countDown();
    await().until(() -> files.read("s3://b/one", "card.html", "00") != null);
    assertThat(asked).hasValue(1);
  }

  /** Whoever never comes back: the oldest answers go, and are asked for anew. */
  @Test
  void shouldKeepFewAnswersThatNobodyFetches() {
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    StoredFiles files =
        new StoredFiles(
            (address, name, sum) -> {
              asked.incrementAndGet();
              awaitUninterrupted(answers);
              answered.incrementAndGet();
              return CARD;
            },
            Duration.ofMillis(20));
    for (int page = 0; page < 40; page++) {
      assertThat(files.read("s3://b/" + page, "card.html", "00")).isNull();
    }
    answers.countDown();
    await().until(() -> files.read("s3://b/39", "card.html", "00") != null);
    assertThat(answered).as("the one under way and the newest 16").hasValueBetween(16, 17);
    int before = asked.get();
    await().until(() -> files.read("s3://b/0", "card.html", "00") != null);
    assertThat(asked).as("it was not kept").hasValue(before + 1);
  }

  @Test
  void shouldAskAgainAfterAFailure() {
    StoredFiles files =
        new StoredFiles(
            (address, name, sum) -> {
              if (asked.incrementAndGet() == 1) {
                throw new StoreFailed("it does not answer");
              }
              return CARD;
            },
            Duration.ofMinutes(1));
    assertThat(files.read("s3://b/one", "card.html", "00")).isNull();
    assertThat(files.read("s3://b/one", "card.html", "00")).isEqualTo(CARD);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
