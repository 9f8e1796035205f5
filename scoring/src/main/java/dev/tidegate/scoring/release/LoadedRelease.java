package dev.tidegate.scoring.release;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.model.Model;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A release that may serve.
 *
 * @param manifest what it says about itself
 * @param manifestSha256 SHA-256 of {@code manifest.json}, hexadecimal: with the model's own sum in
 *     it, this one value names everything that decides
 * @param trees what its scores can be explained by; null for a model that is no forest
 * @param models opens one more instance of the model; thread safe, while each instance belongs to
 *     the thread that asked for it and must be closed by it
 */
public record LoadedRelease(
    Manifest manifest, String manifestSha256, @Nullable Forest trees, Supplier<Model> models) {
  /** Opens an instance of the model for the calling thread. */
  public Model openModel() {
    return models.get();
  }
}
