package dev.sampo.node.relay;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.packet.relay.RelayEnd;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.LedgerAccess;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A ledger that this node hosts, as a relay sees it.
 *
 * @param name by which its meters bear it
 * @param self the key of this node's validator
 * @param execution tells of newly certified states
 */
public record RelayedLedger(
    String name,
    Genesis genesis,
    PublicKey self,
    Reads reads,
    ActorRef<ExecutionActor.Command> execution) {

  /**
   * How it is reached.
   *
   * @param access the way that every client's transactions take
   */
  public record Reads(LedgerReader reader, LedgerAccess access) {}

  LedgerId id() {
    return genesis.ledgerId();
  }

  LedgerAccess access() {
    return reads.access();
  }

  RelayEnd end() {
    return new RelayEnd(id(), reads.reader());
  }
}
