package dev.tidegate.console.page;

import dev.tidegate.schemas.event.IdentifierKind;

/** What two members of a cluster share, for people. */
final class LinkWords {
  private LinkWords() {}

  /** The kind in both languages. */
  static Markup kind(IdentifierKind kind) {
    return switch (kind) {
      case DOCUMENT -> PathSection.both("identity document", "\u8bc1\u4ef6");
      case PHONE -> PathSection.both("phone", "\u7535\u8bdd");
      case EMAIL -> PathSection.both("e-mail", "\u7535\u5b50\u90ae\u7bb1");
      case DEVICE -> PathSection.both("device", "\u8bbe\u5907");
      case BENEFICIARY -> PathSection.both("beneficiary", "\u6536\u6b3e\u65b9");
      case ADDRESS -> PathSection.both("postal address", "\u901a\u8baf\u5730\u5740");
      case IP -> PathSection.both("IP address", "IP \u5730\u5740");
      case OTHER -> PathSection.both("other identifier", "\u5176\u4ed6\u6807\u8bc6");
    };
  }

  /** Whether values of a kind are keyed tokens, which mean nothing to people. */
  static boolean token(IdentifierKind kind) {
    return switch (kind) {
      case DEVICE, BENEFICIARY, IP -> false;
      case DOCUMENT, PHONE, EMAIL, ADDRESS, OTHER -> true;
    };
  }
}
