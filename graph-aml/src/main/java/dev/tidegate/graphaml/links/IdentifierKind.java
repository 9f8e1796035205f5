package dev.tidegate.graphaml.links;

/** What two members may have in common. */
public enum IdentifierKind {
  /** An identity document. */
  DOCUMENT,
  /** A telephone number. */
  PHONE,
  /** An e-mail address. */
  EMAIL,
  /** A device. */
  DEVICE,
  /** An account that both pay. */
  BENEFICIARY,
  /** A postal address. */
  ADDRESS,
  /** An IP address. */
  IP
}
