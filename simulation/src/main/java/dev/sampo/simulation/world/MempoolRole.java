package dev.sampo.simulation.world;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.LiveTransactions;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.mempool.Mempool;
import dev.sampo.core.message.PeerMessage.TransactionGossip;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import java.util.ArrayList;
import java.util.List;

/** Hosts the mempool, as its actor does. */
final class MempoolRole {

  private final Life life;
  private final Mempool mempool;
  private final Channel toConsensus;
  private final Channel toGateway;
  private final List<SignedTransaction> gossip = new ArrayList<>();
  private LedgerTime lastBlockTime;
  private boolean announced;
  private boolean builtSinceAnnounced;

  MempoolRole(Life life, LedgerStore store) {
    this.life = life;
    this.lastBlockTime =
        new LedgerReader(store)
            .lastHeader()
            .orElseGet(() -> life.world().genesisBlock().header())
            .time();
    this.mempool =
        new Mempool(
            life.genesis(), Mempool.Limits.DEFAULT, LiveTransactions.of(store), lastBlockTime);
    this.toConsensus = new Channel(life);
    this.toGateway = new Channel(life);
  }

  int count() {
    return mempool.count();
  }

  Admission submit(SignedTransaction transaction) {
    var admission = mempool.admit(transaction, now());
    if (admission instanceof Admission.Admitted) {
      if (gossip.isEmpty()) {
        life.later(0, EventQueue.Kind.ROLE, 0, this::flush);
      }
      gossip.add(transaction);
      announceWork();
    }
    return admission;
  }

  void take(List<SignedTransaction> transactions) {
    transactions.forEach(transaction -> mempool.admit(transaction, now()));
    announceWork();
  }

  void build(Effect.BuildPayload build) {
    var transactions =
        mempool.build(build.ancestors(), now(), build.bytesMax(), Block.INLINE_COUNT_MAX);
    toConsensus.tell(
        () -> life.consensus().step(new Input.PayloadBuilt(build.view(), transactions)));
    builtSinceAnnounced = true;
  }

  void noteExecuted(Block block, List<TransactionResult> results) {
    lastBlockTime = block.header().time();
    var expired = mempool.executed(block, results);
    if (!expired.isEmpty()) {
      toGateway.tell(() -> life.gateway().expired(expired, block.height()));
    }
    announceWork();
  }

  private void flush() {
    life.broadcast(new TransactionGossip(gossip));
    gossip.clear();
  }

  void announceWork() {
    boolean waiting = mempool.hasWork();
    if (waiting != announced || waiting && builtSinceAnnounced) {
      announced = waiting;
      builtSinceAnnounced = false;
      toConsensus.tell(() -> life.consensus().step(new Input.WorkChanged(waiting)));
    }
  }

  /** Ledger time stands still while the ledger idles, so the wall clock counts too. */
  private LedgerTime now() {
    var wallClock = life.owner().wallClock();
    return wallClock.isAfter(lastBlockTime) ? wallClock : lastBlockTime;
  }
}
