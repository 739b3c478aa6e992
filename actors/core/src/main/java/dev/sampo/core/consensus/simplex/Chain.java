package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The blocks that are held: those not yet delivered to execution, the newest of those that were,
 * and the highest finalization (2.3, C1).
 */
final class Chain {

  /** So many delivered blocks are kept to serve peers that are a little behind (SY1). */
  static final int RECENT_MAX = 64;

  /** And not more than this of their bytes, but for the newest few. */
  static final int RECENT_BYTES_MAX = 1 << 20;

  private static final int RECENT_MIN = 4;

  /** So many undelivered blocks are kept at or below the final view; sync brings the others. */
  private static final int UNDELIVERED_MAX = 64;

  private final LinkedHashMap<Hash, Block> held = new LinkedHashMap<>();
  private final LinkedHashMap<Hash, Block> recent = new LinkedHashMap<>();
  private final LinkedHashMap<Hash, BlockHeader> headers = new LinkedHashMap<>();
  private long recentBytes;
  private Block delivered;
  private OrderedBatches ordered;
  private Height storedHeight;
  private View finalView;
  private Hash finalHash;
  private Optional<Certificate> finalization = Optional.empty();

  /** Starts from the newest block that is stored as final, at first the genesis block. */
  Chain(Block stored) {
    delivered = stored;
    ordered = OrderedBatches.from(stored);
    storedHeight = stored.height();
    finalView = stored.view();
    finalHash = stored.hash();
    recent.put(stored.hash(), stored);
    recentBytes = stored.encodedLength();
  }

  /** Starts again from what a validator finds on its disk. */
  void restartAt(Block stored, OrderedBatches upToIt) {
    delivered = stored;
    ordered = upToIt.copy();
    storedHeight = stored.height();
    finalView = stored.view();
    finalHash = stored.hash();
    recent.clear();
    recent.put(stored.hash(), stored);
    recentBytes = stored.encodedLength();
  }

  /** finView of 2.3. */
  View finalView() {
    return finalView;
  }

  Hash finalHash() {
    return finalHash;
  }

  /** finCert; none while the genesis block is the only final one (W7). */
  Optional<Certificate> finalization() {
    return finalization;
  }

  Block delivered() {
    return delivered;
  }

  /** What was ordered up to the delivered block (EX7). */
  OrderedBatches ordered() {
    return ordered;
  }

  Optional<Block> find(Hash hash) {
    var block = held.get(hash);
    return Optional.ofNullable(block == null ? recent.get(hash) : block);
  }

  boolean holds(Hash hash) {
    return held.containsKey(hash) || recent.containsKey(hash);
  }

  void hold(Block block) {
    if (!recent.containsKey(block.hash())) {
      held.putIfAbsent(block.hash(), block);
    }
  }

  /** C1: the view's block and all its ancestors are final. */
  void finalizeAt(View view, Hash block, Certificate certificate) {
    if (view.isBefore(finalView)) {
      throw new InvariantViolation("finView must not go from " + finalView + " to " + view);
    }
    finalView = view;
    finalHash = block;
    finalization = Optional.of(certificate);
  }

  /** The way from the delivered block up to the final one, as far as it is known. */
  FinalPath path() {
    var blocks = new ArrayList<Block>();
    var missing = new ArrayList<Hash>();
    Optional<Height> reached = Optional.empty();
    var next = finalHash;
    while (!next.equals(delivered.hash())) {
      var cursor = next;
      var block = Optional.ofNullable(held.get(cursor));
      var header = block.map(Block::header).or(() -> linkedHeader(cursor));
      if (block.isPresent()) {
        blocks.addFirst(block.get());
      } else {
        missing.addFirst(cursor);
      }
      if (header.isEmpty()) {
        return new FinalPath(blocks, missing, reached, false);
      }
      reached = Optional.of(header.get().height());
      if (!header.get().height().isAfter(delivered.height())) {
        return new FinalPath(blocks, missing, reached, true);
      }
      next = header.get().parent();
    }
    return new FinalPath(blocks, missing, reached, false);
  }

  /** SY1: headers count as far as they hang on the final block, top down. */
  void link(List<BlockHeader> offered) {
    if (delivered.hash().equals(finalHash)) {
      return;
    }
    for (var header : offered) {
      var hash = header.computeHash();
      if (headers.size() < RECENT_MAX && path().missing().contains(hash)) {
        headers.put(hash, header);
      }
    }
  }

  /** The blocks are final and go to execution. */
  void deliver(List<Block> blocks) {
    for (var block : blocks) {
      if (!block.header().parent().equals(delivered.hash())) {
        throw new InvariantViolation(block + " does not follow " + delivered + " (C1)");
      }
      delivered = block;
      ordered.add(block);
      recent.put(block.hash(), block);
      recentBytes += block.encodedLength();
    }
    while (recent.size() > RECENT_MAX
        || recent.size() > RECENT_MIN && recentBytes > RECENT_BYTES_MAX) {
      recentBytes -= recent.pollFirstEntry().getValue().encodedLength();
    }
    dropDelivered();
  }

  /** The proof that the newest delivered block is final; it must be the final one (C1). */
  FinalityProof proof() {
    return new FinalityProof(
        List.of(delivered.header()),
        finalization.orElseThrow(() -> new InvariantViolation("final without finalization")));
  }

  /** The delivered block at this height, if it is among the newest. */
  Optional<Block> recentAt(Height height) {
    for (var block : recent.sequencedValues().reversed()) { // the newest is asked for most
      if (block.height().equals(height)) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  void stored(Height height) {
    storedHeight = height;
  }

  /** Up to here execution has stored the ledger; nothing above may be shown to anyone (D6). */
  Height storedHeight() {
    return storedHeight;
  }

  /** {@code tip} and its ancestors that execution has not stored yet, lowest first. */
  List<Block> unstoredUpTo(Block tip) {
    var ancestors = new ArrayList<Block>();
    var next = Optional.of(tip);
    while (next.isPresent() && next.get().height().isAfter(storedHeight)) {
      ancestors.addFirst(next.get());
      next = find(next.get().header().parent());
    }
    return ancestors;
  }

  /** The newest final headers of views above {@code below}, newest first (SY1). */
  List<BlockHeader> finalHeaders(View below) {
    var found = new ArrayList<BlockHeader>();
    var next = find(finalHash);
    while (next.isPresent() && found.size() < RECENT_MAX && next.get().view().isAfter(below)) {
      found.add(next.get().header());
      next = find(next.get().header().parent());
    }
    return found;
  }

  /** Drops what can no longer become final, and what a far gap would let grow without bound. */
  void dropStale() {
    var path = path();
    if (path.missing().isEmpty()) {
      dropDelivered();
      return;
    }
    var complete = path.blocks();
    var kept = complete.subList(Math.max(0, complete.size() - UNDELIVERED_MAX), complete.size());
    long settled = held.values().stream().filter(this::isSettled).count();
    if (settled > 2 * UNDELIVERED_MAX) {
      held.values().removeIf(block -> isSettled(block) && !kept.contains(block));
    }
  }

  private Optional<BlockHeader> linkedHeader(Hash hash) {
    return Optional.ofNullable(headers.get(hash));
  }

  private void dropDelivered() {
    if (delivered.hash().equals(finalHash)) {
      held.values().removeIf(this::isSettled);
      headers.clear();
    } else {
      held.values().removeIf(block -> !block.view().isAfter(delivered.view()));
      headers.values().removeIf(header -> !header.view().isAfter(delivered.view()));
    }
  }

  private boolean isSettled(Block block) {
    return !block.view().isAfter(finalView);
  }
}
