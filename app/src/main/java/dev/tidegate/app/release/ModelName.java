package dev.tidegate.app.release;

import dev.tidegate.app.Refused;
import dev.tidegate.scoring.release.ScoringLane;

/**
 * The model that a release is a version of: the key of its steps on [models]. Lanes share that
 * topic, so the lane is part of the name, and no model of one lane is taken for one of another.
 */
public final class ModelName {
  private static final String AML = "aml-";

  private ModelName() {}

  /**
   * The name of a release without its number; of the AML lane it begins with {@code aml-}.
   *
   * @throws Refused if a release of payments is named as those of the AML lane are
   */
  public static String of(String release, ScoringLane lane) {
    String name = release.replaceFirst("-\\d+$", "");
    boolean saysAml = (name + "-").startsWith(AML);
    if (lane == ScoringLane.AML) {
      return saysAml ? name : AML + name;
    }
    if (saysAml) {
      throw new Refused(
          "release "
              + release
              + ": names that begin with "
              + AML
              + " are the AML lane's; choose another, or train with --lane aml");
    }
    return name;
  }

  /**
   * Refuses two lanes whose releases are versions of one model: an event of [models] about the one
   * would be about the other.
   *
   * @throws Refused if they are
   */
  public static void apart(String payments, String aml) {
    if (payments.equals(aml)) {
      throw new Refused(
          "both lanes have a release of model "
              + aml
              + ": train that of scoring.aml-release again, which names its model after the lane");
    }
  }
}
