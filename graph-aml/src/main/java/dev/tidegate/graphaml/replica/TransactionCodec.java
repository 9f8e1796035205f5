package dev.tidegate.graphaml.replica;

import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A transaction as bytes, which tasks that do not look into it pass on as they are. Not thread
 * safe.
 */
final class TransactionCodec {
  private static final int USUAL_BYTES = 256;

  private final TypeSerializer<Transaction> serializer;
  private final DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
  private final DataInputDeserializer in = new DataInputDeserializer();

  /** In the schema of this program. */
  TransactionCodec() {
    this(new EventSerializer<>(Transaction.class));
  }

  /** As a serializer writes. */
  TransactionCodec(TypeSerializer<Transaction> serializer) {
    this.serializer = serializer;
  }

  byte[] bytes(Transaction transaction) {
    out.clear();
    try {
      serializer.serialize(transaction, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes any bytes", e);
    }
    return out.getCopyOfBuffer();
  }

  Transaction transaction(byte[] bytes) {
    in.setBuffer(bytes);
    try {
      return serializer.deserialize(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a transaction between tasks is damaged", e);
    }
  }
}
