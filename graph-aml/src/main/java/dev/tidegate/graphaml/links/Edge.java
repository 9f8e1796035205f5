package dev.tidegate.graphaml.links;

/** A member has a value: the two ends, and when. */
final class Edge {
  final Member member;
  final SharedValue value;
  final long windowMs;
  long sinceMs;
  long lastMs;

  /** When it is looked at next; not later than it expires. */
  long dueMs;

  /** Whether it expired. */
  boolean isGone;

  Edge(Member member, SharedValue value, long windowMs, long timeMs) {
    this.member = member;
    this.value = value;
    this.windowMs = windowMs;
    sinceMs = timeMs;
    lastMs = timeMs;
    dueMs = timeMs + windowMs;
  }

  long expiresMs() {
    return lastMs + windowMs;
  }

  /** Whether both ends keep it; one end may have let go of it as one of too many. */
  boolean isWhole() {
    return member.values(value.kind).has(this) && value.members.has(this);
  }

  void seen(long timeMs) {
    lastMs = Math.max(lastMs, timeMs);
    sinceMs = Math.min(sinceMs, timeMs);
  }
}
