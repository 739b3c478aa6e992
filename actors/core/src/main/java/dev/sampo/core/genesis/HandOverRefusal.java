package dev.sampo.core.genesis;

import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.WireWriter;

/**
 * What a validator signs where its data directory was handed over to, to say that this copy of it
 * will never sign anything: REFUSED{m+1} (protocol V3). The source alone can use it, and once.
 *
 * @param network the first ledger of the validator's nodes
 * @param tenure the one that was refused, not negative
 * @param tail what the directory ended with when it was sealed
 * @param target the name of the node that refuses, 1 to {@value MoveOrder#NAME_LENGTH_MAX}
 *     printable characters of ASCII
 */
public record HandOverRefusal(LedgerId network, long tenure, Hash tail, String target) {

  public HandOverRefusal {
    if (tenure < 0) {
      throw new IllegalArgumentException("no tenure is negative, got " + tenure);
    }
    MoveOrder.requireName(target);
  }

  /** What is signed: kind 19, the network's id, epoch 0, tenure, tail and the node's name. */
  public Hash digest() {
    var body = WireWriter.encode(out -> out.u64(tenure).hash(tail).text(target));
    return SigningDomain.digest(SigningDomain.HAND_OVER_REFUSAL, network, Epoch.ZERO, body);
  }
}
