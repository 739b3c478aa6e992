package dev.sampo.core.consensus.simplex;

import dev.sampo.core.types.Hash;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The newest state certificates (W16). More than the newest is kept, because a block refers to the
 * one that was newest when it was built, and others follow while it is written, sent and judged.
 */
final class StateCertificates {

  /** As many blocks as may be on their way; a block that refers to an older one has gone stale. */
  private static final int KEPT_MAX = 16;

  private final ArrayDeque<Certificate> newestFirst = new ArrayDeque<>();

  /** The newest, that leaders refer to. */
  Optional<Certificate> newest() {
    return Optional.ofNullable(newestFirst.peekFirst());
  }

  /** Those that a proposal may refer to, newest first. */
  List<Certificate> recent() {
    return List.copyOf(newestFirst);
  }

  /** The one that a header names by its hash. */
  Optional<Certificate> find(Hash stateHash) {
    return newestFirst.stream()
        .filter(known -> ProposalRules.stateHash(known.statement()).equals(stateHash))
        .findFirst();
  }

  /** Takes a certificate of a state that is newer than all others. */
  void add(Certificate certificate, StateAttest attested) {
    boolean isNewer =
        newest()
            .map(Certificate::statement)
            .filter(
                known ->
                    known instanceof StateAttest newest
                        && !attested.height().isAfter(newest.height()))
            .isEmpty();
    if (isNewer) {
      newestFirst.addFirst(certificate);
      if (newestFirst.size() > KEPT_MAX) {
        newestFirst.removeLast();
      }
    }
  }
}
