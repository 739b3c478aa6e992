package dev.sampo.core.packet;

import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.state.TreeProof;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;

/**
 * Shows what a key of the peer's state is, or that it is absent.
 *
 * @param anchor the height of the anchor under whose state root {@code tree} leads
 */
public record PacketProof(Height anchor, TreeProof tree) {

  /**
   * Why it does not show that {@code key} has this value at the peer, or none; nothing if it does.
   */
  Optional<PacketError> faultOf(
      LedgerId peer, StateKey key, Optional<Bytes> value, StateReader state) {
    var known = PacketState.anchor(state, peer, anchor);
    if (known.isEmpty()) {
      return Optional.of(PacketError.UNKNOWN_ANCHOR);
    }
    return tree.proves(known.get().stateRoot(), key, value)
        ? Optional.empty()
        : Optional.of(PacketError.NOT_PROVEN);
  }

  public void writeTo(WireWriter out) {
    out.u64(anchor.number());
    tree.writeTo(out);
  }

  public static PacketProof readFrom(WireReader in) throws Malformed {
    return new PacketProof(Height.of(in.u64()), TreeProof.readFrom(in));
  }
}
