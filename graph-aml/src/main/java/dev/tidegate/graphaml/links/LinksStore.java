package dev.tidegate.graphaml.links;

/** Where links are kept between runs: edges and clusters by key, each a few dozen bytes. */
public interface LinksStore {
  /** Keeps an edge, in place of the one of its key if there is one. */
  void putEdge(String key, byte[] edge);

  /** Forgets an edge. */
  void removeEdge(String key);

  /** Keeps a cluster, in place of the one of its id if there is one. */
  void putCluster(String id, byte[] cluster);

  /** Forgets a cluster. */
  void removeCluster(String id);
}
