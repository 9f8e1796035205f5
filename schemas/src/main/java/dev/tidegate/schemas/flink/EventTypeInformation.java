package dev.tidegate.schemas.flink;

import java.io.Serial;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's type information for an event. Events are treated as immutable: they are never copied
 * between chained operators.
 *
 * @param <T> the event
 */
public final class EventTypeInformation<T extends SpecificRecord> extends TypeInformation<T> {
  @Serial private static final long serialVersionUID = 1L;

  private final Class<T> type;

  private EventTypeInformation(Class<T> type) {
    this.type = type;
  }

  /** Type information of an event class. */
  public static <T extends SpecificRecord> EventTypeInformation<T> forEvent(Class<T> type) {
    return new EventTypeInformation<>(type);
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new EventSerializer<>(type);
  }

  @Override
  public String toString() {
    return "Event<" + type.getSimpleName() + ">";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventTypeInformation<?> that && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EventTypeInformation;
  }
}
