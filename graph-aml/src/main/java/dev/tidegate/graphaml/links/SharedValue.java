package dev.tidegate.graphaml.links;

/** A value of a kind, and the members that have it. */
final class SharedValue {
  final IdentifierKind kind;
  final String name;
  final Ends members;

  SharedValue(IdentifierKind kind, String name, int mostMembers) {
    this.kind = kind;
    this.name = name;
    members = new Ends(mostMembers);
  }
}
