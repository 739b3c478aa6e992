package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
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

  /** The state that a block refers to (W16). */
  record Reference(Height height, Hash certificate) {}

  /** As many blocks as may be on their way; a block that refers to an older one has gone stale. */
  private static final int KEPT_MAX = 16;

  private final ArrayDeque<Certificate> newestFirst = new ArrayDeque<>();

  /** The newest, that leaders refer to. */
  Optional<Certificate> newest() {
    return Optional.ofNullable(newestFirst.peekFirst());
  }

  /** P5: the newest certified state below a child of {@code parent}, never older than its own. */
  Reference after(Block parent) {
    var content = parent.header().content();
    var newest = newest().map(Certificate::statement);
    if (newest.isPresent()
        && newest.get() instanceof StateAttest attested
        && attested.height().isAfter(content.stateHeight())
        && attested.height().isBefore(parent.height().next())) {
      return new Reference(attested.height(), ProposalRules.stateHash(attested));
    }
    return new Reference(content.stateHeight(), content.stateCertificate());
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
