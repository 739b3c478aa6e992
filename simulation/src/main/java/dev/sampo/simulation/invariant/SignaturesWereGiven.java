package dev.sampo.simulation.invariant;

import dev.sampo.core.consensus.Promise.CertificateHeld;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.BatchAck;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * 2.2: a certificate that an honest validator keeps or sends names no honest signer that has not
 * said just that, whatever the verifier thinks of its signature.
 */
public final class SignaturesWereGiven implements Invariant {

  private final Ground ground;
  private final TreeMap<ValidatorIndex, Set<Statement>> said = new TreeMap<>();

  public SignaturesWereGiven(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "2.2";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class || kind == Observation.Promised.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Sent(var by, _, var message) -> {
        if (ground.isHonest(by)) {
          hear(by, message);
          for (var certificate : CertificatesHold.certificatesIn(message)) {
            check(by, certificate, findings);
          }
        }
      }
      case Observation.Promised(var by, var promise) -> {
        if (ground.isHonest(by) && promise instanceof CertificateHeld(var certificate)) {
          check(by, certificate, findings);
        }
      }
      case Observation other -> {}
    }
  }

  private void hear(ValidatorIndex by, PeerMessage message) {
    switch (message) {
      case ConsensusVote(var vote) -> say(by, vote.statement());
      case Attestation(var vote) -> say(by, vote.statement());
      case BatchAck(var vote) -> say(by, vote.statement());
      case PeerMessage other -> {}
    }
  }

  private void say(ValidatorIndex by, Statement statement) {
    said.computeIfAbsent(by, _ -> new LinkedHashSet<>()).add(statement);
  }

  /** Its own signature a validator may use before anybody hears of it. */
  private void check(ValidatorIndex by, Certificate certificate, Findings findings) {
    for (var vote : certificate.votes()) {
      var statement = certificate.statedBy(vote);
      var signer = vote.signer();
      if (signer.equals(by)) {
        say(by, statement);
      } else if (ground.isHonest(signer)
          && !said.getOrDefault(signer, Set.of()).contains(statement)) {
        findings.violated(this, by + " holds a signature of " + signer + " under " + statement);
      }
    }
  }
}
