package dev.tidegate.features;

import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of floats as the list that Avro's classes take, without an object a number. */
final class FloatList extends AbstractList<Float> implements RandomAccess {
  private final float[] values;

  /** Looks at the array itself. */
  FloatList(float[] values) {
    this.values = values;
  }

  @Override
  public Float get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
