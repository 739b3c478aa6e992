package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes each promise once and knows which are written: nothing is made durable twice (2.4). */
final class Journal {

  private static final class Written {
    private final TreeSet<Hash> blocks = new TreeSet<>();
    private final TreeSet<Hash> proven = new TreeSet<>();
    private boolean nullified;
  }

  private final Outbox outbox;
  private final TreeMap<View, Written> written = new TreeMap<>();
  private View storedView = View.ZERO;

  Journal(Outbox outbox) {
    this.outbox = outbox;
  }

  /** D1 to D4: a statement is durable before it is signed. */
  void state(Statement statement) {
    outbox.promise(new Promise.Stated(statement));
    outbox.sign(statement);
  }

  /** D1, D4, 7.3: a block that a vote or proposal vouches for, or builds upon. */
  void hold(Block block) {
    if (noteHeld(block)) {
      outbox.promise(new Promise.BlockHeld(block));
    }
  }

  /** D3, D5 and the proofs of D1 and D4. */
  void hold(Certificate certificate) {
    if (noteHeld(certificate)) {
      outbox.promise(new Promise.CertificateHeld(certificate));
    }
  }

  /** What was found on disk at the start is written already. */
  void recovered(Promise promise) {
    switch (promise) {
      case Promise.BlockHeld(var block) -> noteHeld(block);
      case Promise.CertificateHeld(var certificate) -> noteHeld(certificate);
      case Promise.Stated s -> {}
      case Promise.FinalUpTo f -> {}
      case Promise.RecoveredFrom r -> {}
    }
  }

  /** The ledger has stored everything up to {@code view}; older promises may be forgotten. */
  void stored(View view, Hash block) {
    if (view.isAfter(storedView)) {
      storedView = view;
      written.headMap(view, true).clear();
      outbox.promiseLazily(new Promise.FinalUpTo(view, block));
    }
  }

  /** Where the store stands at the start: what it holds needs no promise. */
  void startAt(View view) {
    storedView = view;
  }

  private boolean noteHeld(Block block) {
    return block.view().isAfter(storedView) && at(block.view()).blocks.add(block.hash());
  }

  private boolean noteHeld(Certificate certificate) {
    return switch (certificate.statement()) {
      // One proof of a parent is enough: a finalization adds nothing to a stored notarization.
      case Statement.Notarize(_, var view, var block) -> noteProven(view, block);
      case Statement.Finalize(_, var view, var block) -> noteProven(view, block);
      case Statement.Nullify(_, var view) -> {
        boolean isNew = view.isAfter(storedView) && !at(view).nullified;
        if (isNew) {
          at(view).nullified = true;
        }
        yield isNew;
      }
      case Statement.Propose p -> false;
      case Statement.StateAttest s -> false;
      case Statement.Append a -> false;
      case Statement.Ack a -> false;
      case Statement.OfRecovery r -> false;
    };
  }

  private boolean noteProven(View view, Hash block) {
    return view.isAfter(storedView) && at(view).proven.add(block);
  }

  private Written at(View view) {
    return written.computeIfAbsent(view, v -> new Written());
  }
}
