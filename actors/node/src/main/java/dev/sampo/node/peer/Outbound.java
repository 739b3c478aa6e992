package dev.sampo.node.peer;

import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/** Sends messages of one ledger to its other validators: encodes each once, whoever it goes to. */
public final class Outbound {

  private final LedgerId ledger;
  private final Seats seats;
  private final List<ValidatorIndex> others;
  private final ActorRef<PeerNetwork.Command> network;
  private final BooleanSupplier maySpeak;

  /**
   * Sends as long as the replica may speak.
   *
   * @param others the seats of all validators of the ledger but this one
   * @param maySpeak false from the moment on that the replica is fenced; asked by any thread
   */
  public Outbound(
      LedgerId ledger,
      Seats seats,
      List<ValidatorIndex> others,
      ActorRef<PeerNetwork.Command> network,
      BooleanSupplier maySpeak) {
    this.ledger = ledger;
    this.seats = seats;
    this.others = List.copyOf(others);
    this.network = network;
    this.maySpeak = maySpeak;
  }

  public void broadcast(PeerMessage message) {
    send(others, message);
  }

  /** Sends without a hint of how far this validator is. */
  public void send(List<ValidatorIndex> recipients, PeerMessage message) {
    send(recipients, View.ZERO, message);
  }

  /** {@code recipients} are seats. */
  public void send(List<ValidatorIndex> recipients, View lastFinal, PeerMessage message) {
    if (!maySpeak.getAsBoolean()) {
      return;
    }
    var frame = PeerMessageCodec.encode(new Envelope(ledger, lastFinal, message));
    var validators = new ArrayList<ValidatorIndex>(recipients.size());
    for (var recipient : recipients) {
      validators.add(seats.validatorAt(recipient));
    }
    network.tell(
        new PeerNetwork.Send(ledger, PeerMessageCodec.streamOf(message), frame, validators));
  }
}
