package dev.tidegate.app.k8s;

import java.util.List;

/** One thing that must hold of manifests. */
@FunctionalInterface
interface Check {
  /** What does not hold, a line each; empty if all is well. */
  List<String> findings(List<Manifest> manifests);
}
