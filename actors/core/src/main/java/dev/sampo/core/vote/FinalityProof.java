package dev.sampo.core.vote;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;

/**
 * Proof that a block is final (protocol 2.18).
 *
 * @param chain the target first, then descendants, each the parent of the next; usually one header
 * @param finalization of the last header of {@code chain}
 */
public record FinalityProof(List<BlockHeader> chain, Certificate finalization) {

  /** No proof has a longer chain. */
  public static final int CHAIN_LENGTH_MAX = 1024;

  public FinalityProof {
    chain = List.copyOf(chain);
    if (chain.isEmpty() || chain.size() > CHAIN_LENGTH_MAX) {
      throw new IllegalArgumentException("a chain has 1 to " + CHAIN_LENGTH_MAX + " headers");
    }
  }

  /** The header whose finality is proven. */
  public BlockHeader target() {
    return chain.getFirst();
  }

  public void writeTo(WireWriter out) {
    out.list(chain, BlockHeader::writeTo);
    finalization.writeTo(out);
  }

  public static FinalityProof readFrom(WireReader in) throws Malformed {
    return new FinalityProof(
        in.list(CHAIN_LENGTH_MAX, BlockHeader::readFrom), Certificate.readFrom(in));
  }
}
