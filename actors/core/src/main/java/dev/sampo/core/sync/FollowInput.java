package dev.sampo.core.sync;

import dev.sampo.core.types.Height;
import java.util.List;

/** What happened to a {@link Follower}. */
public sealed interface FollowInput {

  /** The replicas that may be asked, the best first; named as the answers are. */
  record SourcesKnown(List<String> sources) implements FollowInput {
    public SourcesKnown {
      sources = List.copyOf(sources);
    }
  }

  /** The pause is over. */
  record PauseOver() implements FollowInput {}

  /** A source has answered, and its answer was checked. */
  record Answered(String source, FollowFinding finding) implements FollowInput {}

  /** A source could not be asked, or did not answer in time. */
  record Unanswered(String source) implements FollowInput {}

  /** The batches of the last {@link FollowEffect.Keep} can be found now. */
  record BatchesKept() implements FollowInput {}

  /** Everything up to this block is executed and stored. */
  record Executed(Height height) implements FollowInput {}
}
