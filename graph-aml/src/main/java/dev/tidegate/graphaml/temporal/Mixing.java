package dev.tidegate.graphaml.temporal;

/** Spreads ids over 64 bits: the finaliser of MurmurHash3 (Appleby), a bijection. */
final class Mixing {
  private Mixing() {}

  static long mix(long key) {
    long mixed = key;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
