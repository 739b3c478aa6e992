package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.ValidatorIndex;
import java.util.List;

/** A Byzantine validator: an honest machine whose words are not its own (protocol 2.21). */
public interface Adversary {

  /** What is sent instead of what the honest machine wants to send. */
  List<Outgoing> rewrite(Outgoing honest);

  /** What is sent because a message came, beside what the honest machine makes of it. */
  default List<Outgoing> heard(ValidatorIndex from, PeerMessage message) {
    return List.of();
  }
}
