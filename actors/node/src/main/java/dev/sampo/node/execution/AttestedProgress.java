package dev.sampo.node.execution;

import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import java.util.Map;
import java.util.TreeMap;

/** The newest state that each validator attested, as seen here. */
public record AttestedProgress(Map<ValidatorIndex, Attested> newest) {

  /** A height that a validator executed, and the state root that it found. */
  public record Attested(Height height, Hash stateRoot) {}

  public AttestedProgress {
    newest = new TreeMap<>(newest);
  }

  static final class Tracker {

    private final Map<ValidatorIndex, Attested> newest = new TreeMap<>();

    void note(Vote vote) {
      if (vote.statement() instanceof StateAttest attest) {
        var attested = new Attested(attest.height(), attest.stateRoot());
        newest.merge(
            vote.signer(),
            attested,
            (known, later) -> later.height().isBefore(known.height()) ? known : later);
      }
    }

    AttestedProgress snapshot() {
      return new AttestedProgress(newest);
    }
  }
}
