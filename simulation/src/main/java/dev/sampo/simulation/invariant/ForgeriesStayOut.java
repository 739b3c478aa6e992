package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * X11: an honest validator executes nothing whose signature is not valid: whatever the others do
 * where each checks for itself, and with no more liars than the ledger tolerates where they attest.
 * There it vouches for no batch with an invalid signature, and votes for no block that carries one.
 */
public final class ForgeriesStayOut implements Invariant {

  private final Ground ground;
  private final Predicate<SignedTransaction> isGenuine;
  private final boolean isAttested;
  private final LinkedHashMap<Hash, Batch> batches = new LinkedHashMap<>();
  private final LinkedHashMap<Hash, Block> blocks = new LinkedHashMap<>();

  /** {@code isGenuine} tells the truth about a client's signature. */
  public ForgeriesStayOut(Ground ground, Predicate<SignedTransaction> isGenuine) {
    this.ground = ground;
    this.isGenuine = isGenuine;
    this.isAttested = ground.genesis().parameters().isAttested();
  }

  @Override
  public String id() {
    return "X11";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class
        || isAttested
            && (kind == Observation.Appended.class
                || kind == Observation.Promised.class
                || kind == Observation.Sent.class);
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stored(var by, var executed, _) -> {
        if (ground.isHonest(by) && (!isAttested || ground.isTolerated())) {
          executed.forEach(block -> executed(by, block, findings));
        }
      }
      case Observation.Appended(var by, var writes) -> {
        writes.batches().forEach(batch -> batches.putIfAbsent(batch.digest(), batch));
        if (ground.isHonest(by)) {
          vouched(by, writes, findings);
        }
      }
      case Observation.Sent(_, _, Proposal(var block, _, _)) -> blocks.put(block.hash(), block);
      case Observation.Promised(var by, var promise) -> {
        if (ground.isHonest(by)
            && promise instanceof Promise.Stated(Statement.Notarize(_, _, var hash))) {
          voted(by, hash, findings);
        }
      }
      case Observation other -> {}
    }
  }

  private void executed(ValidatorIndex by, ExecutedBlock block, Findings findings) {
    for (int i = 0; i < block.results().size(); i++) {
      var entry = block.ordered().entries().get(i);
      if (block.results().get(i) instanceof TransactionResult.Executed && !isGenuine.test(entry)) {
        findings.violated(this, by + " executes the forgery " + entry.id());
      }
    }
  }

  private void vouched(ValidatorIndex by, LaneWrites writes, Findings findings) {
    for (var ack : writes.acks()) {
      var batch = batches.get(ack.batch());
      if (ack.verified() && batch != null && holdsForgery(batch.transactions())) {
        findings.violated(this, by + " vouches for " + batch);
      }
    }
  }

  private void voted(ValidatorIndex by, Hash hash, Findings findings) {
    var block = blocks.get(hash);
    if (block != null && holdsForgery(block.inline())) {
      findings.violated(this, by + " votes for a forgery in " + hash);
    }
  }

  private boolean holdsForgery(List<SignedTransaction> transactions) {
    return !transactions.stream().allMatch(isGenuine);
  }
}
