package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.types.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is due on a channel now.
 *
 * @param due in any order: none of them needs another of the same round
 * @param next where the round after this one goes on
 */
public record RelayRound(List<Due> due, RelayCursor next) {

  /**
   * What one transaction does.
   *
   * @param at the ledger that it is for
   * @param update the anchor that some of the parts rest upon
   * @param parts none if the update is all that there is to do
   */
  public record Due(LedgerId at, Optional<UpdateClient> update, List<OnPacket> parts) {

    public Due {
      parts = List.copyOf(parts);
      if (update.isEmpty() && parts.isEmpty()) {
        throw new IllegalArgumentException("something is due");
      }
    }

    /** Of a single thing itself, of several a bundle. */
    public PacketOperation operation() {
      return parts.isEmpty()
          ? update.orElseThrow()
          : update.isEmpty() && parts.size() == 1 ? parts.getFirst() : new Bundle(update, parts);
    }

    /** What is done, in the order of the bundle. */
    public List<RelayStep> steps() {
      return Stream.concat(
              update.map(_ -> RelayStep.UPDATE).stream(), parts.stream().map(RelayStep::of))
          .toList();
    }
  }

  public RelayRound {
    due = List.copyOf(due);
  }
}
