package dev.sampo.core.lane;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How many batches the final blocks ordered up to each height that a later block may still refer to
 * as its certified state (EX7). A height counts only if something was ordered there, so that blocks
 * without batches take no memory. Not thread-safe.
 */
public final class OrderedBatches {

  private final TreeMap<Height, Long> totals;
  private Height newest;

  private OrderedBatches(Map<Height, Long> totals, Height newest) {
    this.totals = new TreeMap<>(totals);
    this.newest = newest;
  }

  /** Knows of this final block and of those that are added to it. */
  public static OrderedBatches from(Block block) {
    return new OrderedBatches(
        Collections.singletonMap(block.height(), block.cut().batches()), block.height());
  }

  public OrderedBatches copy() {
    return new OrderedBatches(totals, newest);
  }

  /** The next final block. No later one refers to an older state than it does. */
  public void add(Block block) {
    if (!block.height().equals(newest.next())) {
      throw new InvariantViolation(block + " does not follow height " + newest);
    }
    newest = block.height();
    long total = block.cut().batches();
    if (total != totals.lastEntry().getValue()) {
      totals.put(newest, total);
    }
    var needed = totals.floorKey(block.header().content().stateHeight());
    if (needed != null) {
      totals.headMap(needed, false).clear();
    }
  }

  /** Up to {@code height}; empty above the newest block and where this begins too late. */
  public OptionalLong upTo(Height height) {
    if (height.isAfter(newest)) {
      return OptionalLong.empty();
    }
    var known = totals.floorEntry(height);
    if (known != null) {
      return OptionalLong.of(known.getValue());
    }
    // What ordered nothing follows only blocks that ordered nothing.
    return totals.firstEntry().getValue() == 0 ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /** Up to the newest block. */
  public long total() {
    return totals.lastEntry().getValue();
  }

  /** How many heights are remembered. */
  int size() {
    return totals.size();
  }
}
