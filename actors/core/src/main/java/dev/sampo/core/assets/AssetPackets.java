package dev.sampo.core.assets;

import dev.sampo.core.assets.PacketContent.AccountMove;
import dev.sampo.core.assets.PacketContent.Crossing;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketHandler;
import dev.sampo.core.state.State;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.wire.Malformed;
import java.util.List;

/** What the assets application does with its packets, by what they say. */
final class AssetPackets implements PacketHandler {

  @Override
  public String application() {
    return Assets.NAME;
  }

  @Override
  public List<Load> loads(Bytes content) {
    try {
      return PacketContent.decode(content).holdings().stream()
          .map(holding -> new Load(holding.asset().name(), holding.amount()))
          .toList();
    } catch (Malformed malformed) {
      return List.of();
    }
  }

  @Override
  public Outcome receive(Packet packet, State state) {
    PacketContent content;
    try {
      content = PacketContent.decode(packet.content());
    } catch (Malformed malformed) {
      return AssetError.MALFORMED_PACKET.failed();
    }
    return switch (content) {
      case Crossing crossing -> Crossings.receive(crossing, packet, state);
      case AccountMove move -> AccountMoves.receive(move, packet, state);
    };
  }

  @Override
  public Outcome settle(Packet packet, State state) {
    return switch (sent(packet)) {
      case Crossing crossing -> Crossings.settle(crossing, state);
      case AccountMove move -> AccountMoves.settle(move, packet, state);
    };
  }

  @Override
  public Outcome refund(Packet packet, State state) {
    return switch (sent(packet)) {
      case Crossing crossing -> Crossings.refund(crossing, packet, state);
      case AccountMove move -> AccountMoves.restore(move, packet, state);
    };
  }

  private static PacketContent sent(Packet packet) {
    try {
      return PacketContent.decode(packet.content());
    } catch (Malformed damaged) {
      throw new InvariantViolation("a packet that was sent from here is damaged", damaged);
    }
  }
}
