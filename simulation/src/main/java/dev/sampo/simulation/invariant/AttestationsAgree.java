package dev.sampo.simulation.invariant;

import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Statement;
import java.util.TreeMap;

/** I16: state attestations of honest validators are equal per height. */
public final class AttestationsAgree implements Invariant {

  private final Ground ground;
  private final TreeMap<Height, Statement> attested = new TreeMap<>();

  public AttestationsAgree(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String id() {
    return "I16";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Sent(var by, _, Attestation(var vote))
        && ground.isHonest(by)
        && vote.statement() instanceof Statement.StateAttest statement) {
      var other = attested.putIfAbsent(statement.height(), statement);
      if (other != null && !other.equals(statement)) {
        findings.violated(this, by + " attests " + statement + ", another " + other);
      }
    }
  }
}
