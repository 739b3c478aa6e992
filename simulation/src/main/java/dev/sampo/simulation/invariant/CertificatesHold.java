package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.AvailabilityProofs;
import dev.sampo.core.message.PeerMessage.BatchAppended;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.FinalityProof;
import java.util.List;

/** I11: every certificate that an honest validator sends has a quorum of distinct valid signers. */
public final class CertificatesHold implements Invariant {

  private final Ground ground;
  private final CertificateVerifier verifier;

  public CertificatesHold(Ground ground, CertificateVerifier verifier) {
    this.ground = ground;
    this.verifier = verifier;
  }

  @Override
  public String id() {
    return "I11";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Sent(var by, _, var message) && ground.isHonest(by)) {
      for (var certificate : certificatesIn(message)) {
        if (certificate.votes().size() < ground.threshold(certificate.statement())
            || verifier.verify(certificate).isPresent()) {
          findings.violated(this, by + " sends " + certificate);
        }
      }
    }
  }

  static List<Certificate> certificatesIn(PeerMessage message) {
    return switch (message) {
      case Proposal(_, _, var justification) -> justification;
      case Certificates(var certificates, _) -> certificates;
      case StateCertificates(var certificates) -> certificates;
      case FinalBlocks(_, var proof) -> proof.map(FinalityProof::finalization).stream().toList();
      case BatchAppended(_, var proof) -> proof.stream().toList();
      case AvailabilityProofs(var proofs) -> proofs;
      case PeerMessage other -> List.of();
    };
  }
}
