package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.types.LedgerId;
import java.util.List;

/**
 * What is due on a channel now.
 *
 * @param due in any order: none of them needs another of the same round
 * @param next where the round after this one goes on
 */
public record RelayRound(List<Due> due, RelayCursor next) {

  /** An operation, and the ledger that it is for. */
  public record Due(LedgerId at, RelayStep step, PacketOperation operation) {}

  public RelayRound {
    due = List.copyOf(due);
  }
}
