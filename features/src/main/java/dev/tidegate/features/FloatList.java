package dev.tidegate.features;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** An array of floats as the list that Avro's classes take, without an object a number. */
final class FloatList extends AbstractList<Float> implements RandomAccess {
  private final float[] values;

  /** Looks at the array itself. */
  FloatList(float[] values) {
    this.values = values;
  }

  /** The same numbers in an array of their own. */
  static FloatList copyOf(List<Float> numbers) {
    float[] copy = new float[numbers.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = numbers.get(i);
    }
    return new FloatList(copy);
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
