package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Certificates that could be made of all votes ever sent. While liars are tolerated each of them
 * counts as having signed everything, since it can; otherwise only what it did sign.
 */
final class ConstructibleCertificates {

  private final Ground ground;
  private final int threshold;
  private final LinkedHashMap<Statement, TreeSet<ValidatorIndex>> signers = new LinkedHashMap<>();

  ConstructibleCertificates(Ground ground) {
    this.ground = ground;
    this.threshold = ground.quorum() - (ground.isTolerated() ? ground.liars().size() : 0);
  }

  /** The certificate that this message was the last part of. */
  Optional<Statement> completedBy(Observation.Sent sent) {
    if (!(sent.message() instanceof ConsensusVote(var vote))
        || !vote.signer().equals(sent.by())
        || ground.isTolerated() && !ground.isHonest(sent.by())) {
      return Optional.empty();
    }
    var all = signers.computeIfAbsent(vote.statement(), _ -> new TreeSet<>());
    return all.add(vote.signer()) && all.size() == threshold
        ? Optional.of(vote.statement())
        : Optional.empty();
  }
}
