package dev.sampo.core.consensus.simplex;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is missing at the end of a step; found anew in each. */
final class Needs {

  /** At most so many blocks are asked for by hash at a time; a longer gap is for sync (SY1). */
  static final int BLOCKS_MAX = 16;

  private final LinkedHashMap<Hash, List<ValidatorIndex>> blocks = new LinkedHashMap<>();
  private Optional<View> certificatesFrom = Optional.empty();
  private Optional<Long> within = Optional.empty();

  void clear() {
    blocks.clear();
    certificatesFrom = Optional.empty();
    within = Optional.empty();
  }

  /** A block, and who should have it. */
  void block(Hash hash, List<ValidatorIndex> holders) {
    if (blocks.size() < BLOCKS_MAX) {
      blocks.putIfAbsent(hash, holders);
    }
  }

  /** The certificates of the views from {@code view} on. */
  void certificatesFrom(View view) {
    certificatesFrom =
        certificatesFrom.filter(from -> from.isBefore(view)).or(() -> Optional.of(view));
  }

  /** A leader or voter cannot wait for long: the view is short (P1, N5). */
  void within(long nanos) {
    within = Optional.of(Math.min(nanos, within.orElse(nanos)));
  }

  Map<Hash, List<ValidatorIndex>> blocks() {
    return blocks;
  }

  Optional<View> certificatesFrom() {
    return certificatesFrom;
  }

  /** How soon to ask, in nanoseconds, if sooner than usual. */
  Optional<Long> within() {
    return within;
  }

  boolean isEmpty() {
    return blocks.isEmpty() && certificatesFrom.isEmpty();
  }
}
