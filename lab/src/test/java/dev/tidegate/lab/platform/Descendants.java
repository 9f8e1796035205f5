package dev.tidegate.lab.platform;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Processes below this one at a moment. They are told by their ids: of an earlier test one may
 * still be ending, and would hide one that is left behind from whoever only counts.
 */
record Descendants(Set<Long> ids) {
  static Descendants now() {
    return new Descendants(
        ProcessHandle.current()
            .descendants()
            .map(ProcessHandle::pid)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Waits until all that came since have ended: one that was killed is there a moment longer. */
  void awaitNoneSince() {
    await("no process is left behind")
        .atMost(Duration.ofSeconds(10))
        .until(() -> ids.containsAll(now().ids()));
  }
}
