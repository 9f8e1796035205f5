package dev.tidegate.console.page;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.PatternAlert;
import org.jspecify.annotations.Nullable;

/** What people call a laundering pattern, in both languages. */
enum PatternWords {
  CYCLE(
      "Cycle",
      "\u8d44\u91d1\u56de\u6d41",
      "Money left this account and came back to it through others.",
      "\u8d44\u91d1\u6d41\u51fa\u8be5\u8d26\u6237\uff0c\u7ecf\u5176\u4ed6\u8d26\u6237\u540e\u53c8\u6d41\u56de\u3002"),
  FAN_IN(
      "Fan-in",
      "\u591a\u65b9\u6c47\u5165",
      "Many accounts paid into this one within a short time.",
      "\u77ed\u65f6\u95f4\u5185\u591a\u4e2a\u8d26\u6237\u5411\u8be5\u8d26\u6237\u4ed8\u6b3e\u3002"),
  FAN_OUT(
      "Fan-out",
      "\u591a\u65b9\u6c47\u51fa",
      "This account paid many others within a short time.",
      "\u8be5\u8d26\u6237\u77ed\u65f6\u95f4\u5185\u5411\u591a\u4e2a\u8d26\u6237\u4ed8\u6b3e\u3002"),
  GATHER_SCATTER(
      "Gather-scatter",
      "\u5148\u805a\u540e\u6563",
      "This account gathered money from many accounts, then spread it over many.",
      "\u8be5\u8d26\u6237\u5148\u4ece\u591a\u4e2a\u8d26\u6237\u5f52\u96c6\u8d44\u91d1\uff0c\u518d\u5206\u6563\u8f6c\u51fa\u3002"),
  SCATTER_GATHER(
      "Scatter-gather",
      "\u5148\u6563\u540e\u805a",
      "Money reached this account from one source through several in between.",
      "\u540c\u4e00\u6765\u6e90\u7684\u8d44\u91d1\u7ecf\u591a\u4e2a\u4e2d\u95f4\u8d26\u6237\u6c47\u5165\u8be5\u8d26\u6237\u3002"),
  PASS_THROUGH(
      "Pass-through",
      "\u9010\u7ea7\u8f6c\u79fb",
      "Accounts passed the same money on, one after another, from this one.",
      "\u540c\u4e00\u7b14\u8d44\u91d1\u4ece\u8be5\u8d26\u6237\u8d77\u9010\u7ea7\u8f6c\u79fb\u3002"),
  DENSE_FLOW(
      "Dense flow",
      "\u5bc6\u96c6\u8d44\u91d1\u6d41",
      "Much money went through a few accounts that kept little of it; most of it through this one.",
      "\u5927\u91cf\u8d44\u91d1\u7ecf\u5c11\u6570\u8d26\u6237\u6d41\u8f6c\u800c\u51e0\u4e4e\u4e0d\u7559\u5b58\uff0c\u5176\u4e2d\u7ecf\u8be5\u8d26\u6237\u6700\u591a\u3002"),
  BICLIQUE(
      "Biclique",
      "\u591a\u5bf9\u591a\u4ed8\u6b3e",
      "Each of several accounts paid each of several others; this one was paid most.",
      "\u591a\u4e2a\u8d26\u6237\u5404\u81ea\u5411\u53e6\u4e00\u7ec4\u7684\u6bcf\u4e2a\u8d26\u6237\u4ed8\u6b3e\uff0c\u5176\u4e2d\u8be5\u8d26\u6237\u6536\u6b3e\u6700\u591a\u3002");

  private static final String RULE = "pattern:";

  private final String english;
  private final String chinese;
  private final String englishMeaning;
  private final String chineseMeaning;

  PatternWords(String english, String chinese, String englishMeaning, String chineseMeaning) {
    this.english = english;
    this.chinese = chinese;
    this.englishMeaning = englishMeaning;
    this.chineseMeaning = chineseMeaning;
  }

  /** Of an episode, or of a case that was mined. */
  static PatternWords of(PatternAlert alert) {
    MinedCase mined = alert.getMined();
    return valueOf(mined == null ? alert.getPattern().name() : mined.getSearch().name());
  }

  /** Of the pattern whose alert it is; null for the alert of a payment. */
  static @Nullable PatternWords of(Alert alert) {
    for (String rule : alert.getRules()) {
      for (PatternWords words : values()) {
        if (rule.equals(RULE + words.name())) {
          return words;
        }
      }
    }
    return null;
  }

  String english() {
    return english;
  }

  /** Its name in a language. */
  String title(ReasonLanguage language) {
    return language == ReasonLanguage.CHINESE ? chinese : english;
  }

  /** In one sentence what happened, in a language. */
  String meaning(ReasonLanguage language) {
    return language == ReasonLanguage.CHINESE ? chineseMeaning : englishMeaning;
  }
}
