package dev.sampo.node.peer;

import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** Sends messages of one ledger to other validators: encodes each once, whoever it goes to. */
public final class Outbound {

  private final LedgerId ledger;
  private final List<ValidatorIndex> others;
  private final ActorRef<PeerNetwork.Command> network;

  /** {@code others} are all validators but this one. */
  public Outbound(
      LedgerId ledger, List<ValidatorIndex> others, ActorRef<PeerNetwork.Command> network) {
    this.ledger = ledger;
    this.others = List.copyOf(others);
    this.network = network;
  }

  public void broadcast(PeerMessage message) {
    send(others, message);
  }

  /** Sends without a hint of how far this validator is. */
  public void send(List<ValidatorIndex> recipients, PeerMessage message) {
    send(recipients, View.ZERO, message);
  }

  public void send(List<ValidatorIndex> recipients, View lastFinal, PeerMessage message) {
    var frame = PeerMessageCodec.encode(new Envelope(ledger, lastFinal, message));
    network.tell(new PeerNetwork.Send(PeerMessageCodec.streamOf(message), frame, recipients));
  }
}
