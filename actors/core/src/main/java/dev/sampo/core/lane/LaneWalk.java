package dev.sampo.core.lane;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is met by walking a lane down from a tip along the parents (L4).
 *
 * @param batches those that were found, lowest first
 * @param missing where the walk ended too early
 */
public record LaneWalk(List<Batch> batches, Optional<Tip> missing) {

  /** Finds a batch of a lane by height and digest. */
  @FunctionalInterface
  public interface Finder {
    Optional<Batch> find(ValidatorIndex lane, Tip tip);
  }

  public LaneWalk {
    batches = List.copyOf(batches);
  }

  /** The batches from {@code tip} down to the height after {@code above}, whatever lies below. */
  public static LaneWalk down(ValidatorIndex lane, Tip tip, Height above, Finder finder) {
    var batches = new ArrayList<Batch>();
    var next = tip;
    while (next.height().isAfter(above)) {
      var found = finder.find(lane, next);
      if (found.isEmpty()) {
        return new LaneWalk(batches.reversed(), Optional.of(next));
      }
      batches.add(found.get());
      next = found.get().parent();
    }
    return new LaneWalk(batches.reversed(), Optional.empty());
  }

  public boolean isComplete() {
    return missing.isEmpty();
  }
}
