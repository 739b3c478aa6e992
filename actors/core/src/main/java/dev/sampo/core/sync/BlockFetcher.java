package dev.sampo.core.sync;

import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches final blocks in height order from one peer at a time (protocol 2.13). A peer whose answer
 * is late, empty or useless is not punished, only passed over: the next holder is asked. Keeps
 * nothing of what it hands on, so its memory is bounded by one answer.
 */
public final class BlockFetcher {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Height next = Height.ZERO;
  private Height target = Height.ZERO;
  private List<ValidatorIndex> holders = List.of();
  private int turn;
  private int useless;
  private long request;
  private boolean waiting;

  public List<SyncEffect> step(SyncInput input) {
    return switch (input) {
      case SyncInput.BlocksMissing missing -> onBlocksMissing(missing);
      case SyncInput.BlocksReceived(var from, var answer) ->
          onBlocksReceived(from, answer.message());
      case SyncInput.RequestExpired(long expired) -> onRequestExpired(expired);
      case SyncInput.FinalHeightGrew(var height) -> onFinalHeightGrew(height);
    };
  }

  /** Whether blocks are known to be missing still. */
  public boolean isFetching() {
    return waiting;
  }

  private List<SyncEffect> onBlocksMissing(SyncInput.BlocksMissing missing) {
    if (missing.holders().isEmpty()) {
      return List.of();
    }
    if (missing.target().isAfter(target)) {
      target = missing.target();
      holders = missing.holders();
    }
    if (waiting) {
      return List.of();
    }
    next = missing.from();
    useless = 0;
    return ask();
  }

  private List<SyncEffect> onBlocksReceived(ValidatorIndex from, FinalBlocks answer) {
    if (!waiting || !from.equals(asked())) {
      return List.of();
    }
    var usable = answer.blocks().stream().filter(block -> !block.height().isBefore(next)).toList();
    if (answer.proof().isEmpty() || usable.isEmpty() || !usable.getFirst().height().equals(next)) {
      return passOver();
    }
    useless = 0;
    var effects = new ArrayList<SyncEffect>();
    effects.add(new SyncEffect.Deliver(usable, answer.proof().get()));
    next = usable.getLast().height().next();
    effects.addAll(ask());
    return effects;
  }

  private List<SyncEffect> onRequestExpired(long expired) {
    if (!waiting || expired != request) {
      return List.of();
    }
    turn++;
    return ask();
  }

  private List<SyncEffect> onFinalHeightGrew(Height height) {
    if (!height.isBefore(next)) {
      next = height.next();
    }
    if (next.isAfter(target)) {
      waiting = false;
    }
    return List.of();
  }

  /** After a round without one useful answer the next {@code BlocksMissing} starts anew. */
  private List<SyncEffect> passOver() {
    turn++;
    useless++;
    if (useless >= holders.size()) {
      waiting = false;
      return List.of();
    }
    return ask();
  }

  private List<SyncEffect> ask() {
    waiting = !next.isAfter(target);
    return waiting
        ? List.of(new SyncEffect.Request(++request, asked(), next, PATIENCE))
        : List.of();
  }

  private ValidatorIndex asked() {
    return holders.get(turn % holders.size());
  }
}
