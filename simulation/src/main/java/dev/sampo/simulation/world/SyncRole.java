package dev.sampo.simulation.world;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.Verified;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.sync.BlockFetcher;
import dev.sampo.core.sync.StoredBatches;
import dev.sampo.core.sync.SyncEffect;
import dev.sampo.core.sync.SyncInput;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hosts the block fetcher and serves final blocks, as the sync actor does. */
final class SyncRole {

  /** Fewer than on a node, so that a gap takes several answers. */
  private static final int COUNT_MAX = 8;

  private final Life life;
  private final LedgerReader ledger;
  private final StoredBatches batches;
  private final BlockFetcher fetcher = new BlockFetcher();
  private final Channel toConsensus;
  private long newestRequest;

  SyncRole(Life life, LedgerStore store) {
    this.life = life;
    this.ledger = new LedgerReader(store);
    this.batches = new StoredBatches(store);
    this.toConsensus = new Channel(life);
  }

  void fetch(Effect.FetchFinalBlocks fetch) {
    step(new SyncInput.BlocksMissing(fetch.from(), fetch.target(), fetch.holders()));
  }

  void noteFinal(Height height) {
    step(new SyncInput.FinalHeightGrew(height));
  }

  void takeAnswer(ValidatorIndex from, Verified<FinalBlocks> answer) {
    step(new SyncInput.BlocksReceived(from, answer));
  }

  void serve(ValidatorIndex from, FinalBlocksRequest request) {
    life.whenWritten(
        () -> {
          try {
            life.send(List.of(from), View.ZERO, answer(request.from()));
          } catch (StorageFailed damaged) {
            // As on a node: what cannot be read is not served, and its reader goes on.
            life.world().sometimes().count("damaged block not served");
          }
        });
  }

  void serve(ValidatorIndex from, BatchRequest request) {
    life.whenWritten(
        () -> {
          var answer = batches.answer(request);
          if (!answer.batches().isEmpty()) {
            life.send(List.of(from), View.ZERO, answer);
          }
        });
  }

  private FinalBlocks answer(Height from) {
    var blocks = new ArrayList<Block>();
    for (var height = from; blocks.size() < COUNT_MAX; height = height.next()) {
      var block = ledger.block(height);
      if (block.isEmpty() || height.equals(Height.ZERO)) {
        break;
      }
      blocks.add(block.get());
    }
    return blocks.isEmpty()
        ? new FinalBlocks(List.of(), Optional.empty())
        : new FinalBlocks(blocks, ledger.finalityProof(blocks.getLast().height()));
  }

  private void step(SyncInput input) {
    for (var effect : fetcher.step(input)) {
      switch (effect) {
        case SyncEffect.Request(long number, var peer, var from, var patience) -> {
          newestRequest = number;
          life.send(List.of(peer), View.ZERO, new FinalBlocksRequest(from));
          life.later(patience.toNanos(), EventQueue.Kind.TIMER, number, () -> onExpired(number));
        }
        case SyncEffect.Deliver(var blocks, var proof) ->
            toConsensus.tell(
                () -> life.consensus().step(new Input.FinalBlocksFetched(blocks, proof)));
      }
    }
  }

  /** On a node there is one timer, which the next request sets anew. */
  private void onExpired(long number) {
    if (number == newestRequest) {
      step(new SyncInput.RequestExpired(number));
    }
  }
}
