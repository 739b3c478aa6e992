package dev.sampo.core.packet;

import dev.sampo.core.state.TreeProof;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/**
 * The proofs of a bundle in the order of its parts, each written without the siblings that it has
 * in common with the one before: those of neighbouring packets differ in the last few.
 */
final class ProofSeries {

  private List<Hash> before;

  private ProofSeries(List<Hash> before) {
    this.before = before;
  }

  static ProofSeries start() {
    return new ProofSeries(List.of());
  }

  /** Goes on after a proof that was written before. */
  static ProofSeries after(PacketProof written) {
    return new ProofSeries(written.tree().siblings());
  }

  void write(PacketProof proof, WireWriter out) {
    out.u64(proof.anchor().number());
    proof.tree().writeAfter(before, out);
    before = proof.tree().siblings();
  }

  PacketProof read(WireReader in) throws Malformed {
    var proof = new PacketProof(Height.of(in.u64()), TreeProof.readAfter(before, in));
    before = proof.tree().siblings();
    return proof;
  }
}
