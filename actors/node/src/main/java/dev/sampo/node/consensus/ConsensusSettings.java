package dev.sampo.node.consensus;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.node.verification.SignatureWorkers;
import java.util.Optional;

/**
 * What the consensus role works with.
 *
 * @param signatures checks those of clients in proposals
 * @param stored the newest block that the ledger's store holds as final, where the engine resumes
 */
public record ConsensusSettings(
    LedgerId ledger,
    ConsensusEngine engine,
    Signer signer,
    SignatureWorkers signatures,
    StoredFinal stored,
    ConsensusObserver observer,
    JournalFactory journal,
    FailStop failStop) {

  /**
   * A final block and its proof; genesis has none.
   *
   * @param ordered what was ordered up to it (EX7)
   * @param lost with what to ask the others, if the directory stands for lost records (RE1)
   */
  public record StoredFinal(
      Block block,
      Optional<FinalityProof> proof,
      OrderedBatches ordered,
      Optional<RecoveryNonce> lost) {}
}
