package dev.tidegate.graphaml.mine;

import java.util.Arrays;

/**
 * Nodes by their weight, the lightest first, of equal ones the lowest number; weights may change
 * either way. Each operation is logarithmic.
 */
final class NodeHeap {
  private final double[] weights;
  private final int[] heap;
  private final int[] places;
  private int size;

  /** An empty heap for nodes below a number. */
  NodeHeap(int nodes) {
    weights = new double[nodes];
    heap = new int[nodes];
    places = new int[nodes];
    Arrays.fill(places, -1);
  }

  int size() {
    return size;
  }

  boolean holds(int node) {
    return places[node] >= 0;
  }

  void add(int node, double weight) {
    weights[node] = weight;
    place(node, size++);
    up(places[node]);
  }

  /** Gives a node that is held another weight. */
  void change(int node, double weight) {
    weights[node] = weight;
    up(places[node]);
    down(places[node]);
  }

  /** Takes the lightest node out. */
  int take() {
    int node = heap[0];
    places[node] = -1;
    int last = heap[--size];
    if (size > 0) {
      place(last, 0);
      down(0);
    }
    return node;
  }

  private void place(int node, int at) {
    heap[at] = node;
    places[node] = at;
  }

  private boolean lighter(int node, int other) {
    int order = Double.compare(weights[node], weights[other]);
    return order < 0 || (order == 0 && node < other);
  }

  private void up(int from) {
    int at = from;
    int node = heap[at];
    while (at > 0 && lighter(node, heap[(at - 1) / 2])) {
      place(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    place(node, at);
  }

  private void down(int from) {
    int at = from;
    int node = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && lighter(heap[child + 1], heap[child])) {
        child++;
      }
      if (!lighter(heap[child], node)) {
        break;
      }
      place(heap[child], at);
      at = child;
    }
    place(node, at);
  }
}
