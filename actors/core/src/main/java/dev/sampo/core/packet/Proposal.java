package dev.sampo.core.packet;

import dev.sampo.core.crypto.Purpose;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * An action to be approved.
 *
 * @param number chosen by who proposes it, so that one action can be carried out more than once,
 *     and each proposal never is
 */
public record Proposal(long number, Action action) {

  Hash hash() {
    return SigningDomain.identifier(Purpose.PROPOSAL, WireWriter.encode(this::writeTo));
  }

  void writeTo(WireWriter out) {
    out.u64(number);
    action.writeTo(out);
  }

  static Proposal readFrom(WireReader in) throws Malformed {
    return new Proposal(in.u64(), Action.readFrom(in));
  }
}
