package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What of a machine survives a crash, and what it ever made durable. */
final class Records {

  private final List<Promise> promises = new ArrayList<>();
  private final LinkedHashSet<Statement> stated = new LinkedHashSet<>();
  private final LinkedHashSet<Hash> blocks = new LinkedHashSet<>();
  private final TreeSet<View> left = new TreeSet<>();
  private Block lastFinal;
  private Optional<FinalityProof> finality = Optional.empty();

  Records(Block genesis) {
    lastFinal = genesis;
    left.add(genesis.view());
  }

  void sync(List<Promise> group) {
    for (var promise : group) {
      promises.add(promise);
      switch (promise) {
        case Promise.Stated(var statement) -> stated.add(statement);
        case Promise.BlockHeld(var block) -> blocks.add(block.hash());
        case Promise.CertificateHeld(var certificate) -> left.add(viewOf(certificate));
        case Promise.FinalUpTo f -> {}
        case Promise.RecoveredFrom r -> {}
      }
    }
  }

  /** D6: final blocks with the proof of the last one. */
  void store(List<Block> delivered, FinalityProof proof) {
    lastFinal = delivered.getLast();
    finality = Optional.of(proof);
    left.add(lastFinal.view());
  }

  Recovered recovered() {
    return new Recovered(promises, lastFinal, finality);
  }

  /** Replaces what a Byzantine machine remembers. */
  void forge(List<Promise> invented) {
    promises.clear();
    sync(invented);
  }

  boolean hasStated(Statement statement) {
    return stated.contains(statement);
  }

  boolean holdsBlock(Hash block) {
    return blocks.contains(block);
  }

  /** D5: whether a certificate of this view was ever durable. */
  boolean holdsCertificateOf(View view) {
    return left.contains(view);
  }

  static View viewOf(Certificate certificate) {
    return viewOf(certificate.statement());
  }

  static View viewOf(Statement statement) {
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
