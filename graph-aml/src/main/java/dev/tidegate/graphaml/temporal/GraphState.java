package dev.tidegate.graphaml.temporal;

/** What one graph keeps of payments and accounts. Not safe for threads. */
final class GraphState {
  final GraphSettings settings;
  final Adjacency adjacency = new Adjacency();
  final Accounts accounts = new Accounts();
  final Hubs hubs;

  GraphState(GraphSettings settings) {
    this.settings = settings;
    hubs = new Hubs(adjacency, accounts, settings.limits().hubDegree());
  }
}
