package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.time.Duration;
import java.util.List;

/** A message on its way out, {@code later} than now. */
public record Outgoing(
    List<ValidatorIndex> recipients, View lastFinal, PeerMessage message, Duration later) {

  public Outgoing {
    recipients = List.copyOf(recipients);
  }

  public static Outgoing now(List<ValidatorIndex> recipients, View lastFinal, PeerMessage message) {
    return new Outgoing(recipients, lastFinal, message, Duration.ZERO);
  }

  public Outgoing to(List<ValidatorIndex> others) {
    return new Outgoing(others, lastFinal, message, later);
  }

  public Outgoing saying(PeerMessage other) {
    return new Outgoing(recipients, lastFinal, other, later);
  }

  public Outgoing claiming(View otherFinal) {
    return new Outgoing(recipients, otherFinal, message, later);
  }

  public Outgoing after(Duration wait) {
    return new Outgoing(recipients, lastFinal, message, later.plus(wait));
  }
}
