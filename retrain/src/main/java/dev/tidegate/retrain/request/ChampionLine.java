package dev.tidegate.retrain.request;

import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.scoring.release.ReleaseLine;
import java.util.HashMap;
import java.util.Map;

/** Which release of a model is in charge, as the events of [models] say. Not thread safe. */
public final class ChampionLine {
  private final InCharge first;
  private final ReleaseLine line;
  private final Map<String, String> featureDigests = new HashMap<>();
  private long applied;

  /** Begins with a release. */
  public ChampionLine(InCharge first, ReleaseLine.Known known) {
    this.first = first;
    line = new ReleaseLine(first.model(), known);
    featureDigests.put(first.release(), first.featureDigest());
  }

  /** Takes a step; one that the line refuses changes nothing. */
  public void apply(ModelRelease step) {
    applied++;
    if (step.getModel().equals(first.model()) && line.apply(step) == null) {
      featureDigests.putIfAbsent(step.getRelease(), step.getFeatureDigest());
    }
  }

  /** Steps taken or refused so far. */
  long applied() {
    return applied;
  }

  /** The release in charge. */
  public InCharge inCharge() {
    String champion = line.roles().champion();
    return new InCharge(
        first.model(),
        champion,
        known().manifestSha256(),
        featureDigests.getOrDefault(champion, first.featureDigest()));
  }

  /** Where it is. */
  public ReleaseLine.Known known() {
    String champion = line.roles().champion();
    ReleaseLine.Known known = line.known(champion);
    if (known == null) {
      throw new IllegalStateException("champion " + champion + " was never named");
    }
    return known;
  }
}
