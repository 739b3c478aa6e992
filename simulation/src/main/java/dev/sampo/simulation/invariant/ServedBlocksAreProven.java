package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.FinalityProof;
import java.util.List;

/** 2.13: the final blocks that an honest validator serves are a chain, proven by its last block. */
public final class ServedBlocksAreProven implements Invariant {

  private final Ground ground;
  private final CertificateVerifier verifier;

  public ServedBlocksAreProven(Ground ground, CertificateVerifier verifier) {
    this.ground = ground;
    this.verifier = verifier;
  }

  @Override
  public String id() {
    return "2.13";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    if (observation instanceof Observation.Sent(var by, _, FinalBlocks(var blocks, var proof))
        && ground.isHonest(by)
        && proof.isPresent()
        && !isProven(blocks, proof.get())) {
      findings.violated(this, by + " serves as final " + blocks + " under " + proof.get());
    }
  }

  private boolean isProven(List<Block> blocks, FinalityProof proof) {
    var headers = blocks.stream().map(Block::header).toList();
    return headers.getLast().equals(proof.target())
        && verifier.verifyChain(headers).isEmpty()
        && verifier.verify(proof).isEmpty();
  }
}
