package dev.sampo.core.consensus.testing;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What of a validator survives a crash: its synced promises and its stored blocks. */
final class SimulatedDisk {

  /** A stored block, with the proof of finality if it was the last of its group. */
  record Stored(Block block, Optional<FinalityProof> proof) {}

  private final List<Promise> promises = new ArrayList<>();
  private final LinkedHashSet<Statement> everStated = new LinkedHashSet<>();
  private final List<Stored> ledger = new ArrayList<>();
  private final boolean forgetsVotes;

  SimulatedDisk(Block genesis, boolean forgetsVotes) {
    this.forgetsVotes = forgetsVotes;
    ledger.add(new Stored(genesis, Optional.empty()));
  }

  void sync(List<Promise> group) {
    for (var promise : group) {
      switch (promise) {
        case Promise.Stated(var statement) -> {
          everStated.add(statement);
          if (!forgetsVotes) {
            promises.add(promise);
          }
        }
        case Promise.BlockHeld b -> promises.add(promise);
        case Promise.CertificateHeld c -> promises.add(promise);
        case Promise.RecoveredFrom r -> promises.add(promise);
        case Promise.FinalUpTo(var view, _) -> promises.removeIf(old -> !viewOf(old).isAfter(view));
      }
    }
  }

  void store(List<Block> blocks, FinalityProof proof) {
    for (var block : blocks) {
      boolean last = block.equals(blocks.getLast());
      ledger.add(new Stored(block, last ? Optional.of(proof) : Optional.empty()));
    }
  }

  boolean hasStated(Statement statement) {
    return everStated.contains(statement);
  }

  List<Stored> ledger() {
    return ledger;
  }

  Recovered recovered() {
    return new Recovered(promises, ledger.getLast().block(), ledger.getLast().proof());
  }

  int promiseCount() {
    return promises.size();
  }

  private static View viewOf(Promise promise) {
    return switch (promise) {
      case Promise.Stated(var statement) -> viewOf(statement);
      case Promise.BlockHeld(var block) -> block.view();
      case Promise.CertificateHeld(var certificate) -> viewOf(certificate.statement());
      case Promise.FinalUpTo(var view, _) -> view;
      case Promise.RecoveredFrom r -> View.of(Long.MAX_VALUE);
    };
  }

  private static View viewOf(Statement statement) {
    return switch (statement) {
      case Statement.Propose(_, var view, _) -> view;
      case Statement.Notarize(_, var view, _) -> view;
      case Statement.Nullify(_, var view) -> view;
      case Statement.Finalize(_, var view, _) -> view;
      case Statement.StateAttest s -> View.ZERO;
      case Statement.Append a -> View.ZERO;
      case Statement.Ack a -> View.ZERO;
      case Statement.OfRecovery r -> View.ZERO;
    };
  }
}
