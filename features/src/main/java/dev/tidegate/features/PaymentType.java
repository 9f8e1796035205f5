package dev.tidegate.features;

import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Flink's type information for a payment. */
final class PaymentType extends TypeInformation<Payment> {
  @Serial private static final long serialVersionUID = 1L;

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
  public Class<Payment> getTypeClass() {
    return Payment.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Payment> createSerializer(SerializerConfig config) {
    return PaymentCodec.INSTANCE;
  }

  @Override
  public String toString() {
    return "Payment";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PaymentType;
  }

  @Override
  public int hashCode() {
    return PaymentType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PaymentType;
  }
}
