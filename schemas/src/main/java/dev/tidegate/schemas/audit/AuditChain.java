package dev.tidegate.schemas.audit;

import dev.tidegate.schemas.event.AuditEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Control actions in a chain: each event holds the hash of the one before, so that none can be
 * changed, left out or put in between without every later hash being wrong. Who can rewrite the
 * whole topic can rewrite the chain with it: keep the newest hash elsewhere (a verifier prints it)
 * to notice that too.
 *
 * <p>The hash is SHA-256 over the fields in their order, texts in UTF-8 behind their length, an
 * absent text as the length -1, so that no two events have the same bytes. A chain is a value: it
 * reads events in their order and keeps the last. Not thread safe.
 */
public final class AuditChain {
  /** Hash before the first event. */
  public static final String GENESIS = "0".repeat(64);

  private @Nullable AuditEvent last;

  /** A chain without events. */
  public AuditChain() {}

  /**
   * Who did what.
   *
   * @param actor a person's name, or the part of the platform
   * @param action what, for example {@code model.promote}
   * @param subject on what
   * @param from state before; null for none
   * @param to state after; null for none
   */
  public record Action(
      String actor, String action, String subject, @Nullable String from, @Nullable String to) {}

  /**
   * Takes the next event.
   *
   * @return what is wrong with it, in a sentence; null if it continues the chain
   */
  public @Nullable String take(AuditEvent event) {
    long due = sequence() + 1;
    String problem = null;
    if (event.getSequence() != due) {
      problem = "event " + event.getSequence() + " stands where " + due + " is due";
    } else if (!event.getPreviousHash().equals(hash())) {
      problem = "event " + due + " does not hold the hash of the one before";
    } else if (!event.getHash().equals(hash(event))) {
      problem = "event " + due + " is not what its hash was made of";
    }
    last = event;
    return problem;
  }

  /** Events so far, by the last one's number. */
  public long sequence() {
    AuditEvent event = last;
    return event == null ? 0 : event.getSequence();
  }

  /** Hash of the last event. */
  public String hash() {
    AuditEvent event = last;
    return event == null ? GENESIS : event.getHash();
  }

  /** The event that continues the chain; it is not part of it before it is taken. */
  public AuditEvent next(Action action, long atMs) {
    AuditEvent event =
        AuditEvent.newBuilder()
            .setSequence(sequence() + 1)
            .setAtMs(atMs)
            .setActor(action.actor())
            .setAction(action.action())
            .setSubject(action.subject())
            .setFrom(action.from())
            .setTo(action.to())
            .setPreviousHash(hash())
            .setHash("")
            .build();
    return AuditEvent.newBuilder(event).setHash(hash(event)).build();
  }

  private static String hash(AuditEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(event.getSequence());
      out.writeLong(event.getAtMs());
      text(out, event.getActor());
      text(out, event.getAction());
      text(out, event.getSubject());
      text(out, event.getFrom());
      text(out, event.getTo());
      text(out, event.getPreviousHash());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not refuse", e);
    }
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
