package dev.sampo.core.packet;

import dev.sampo.core.light.CertifiedState;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * What a ledger has once proven about a block of a peer: signatures are checked for each anchor,
 * not for each packet.
 *
 * @param header the hash of the final header at {@code height}
 * @param time that header's time (LC3)
 * @param stateRoot certified for that block
 */
public record Anchor(Height height, Hash header, LedgerTime time, Hash stateRoot) {

  static Anchor of(CertifiedState certified) {
    return new Anchor(
        certified.header().height(),
        certified.statement().block(),
        certified.header().time(),
        certified.statement().stateRoot());
  }

  public void writeTo(WireWriter out) {
    out.u64(height.number()).hash(header).u64(time.millis()).hash(stateRoot);
  }

  public static Anchor readFrom(WireReader in) throws Malformed {
    return new Anchor(Height.of(in.u64()), in.hash(), LedgerTime.ofMillis(in.u64()), in.hash());
  }
}
