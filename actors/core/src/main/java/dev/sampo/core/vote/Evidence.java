package dev.sampo.core.vote;

import dev.sampo.core.block.Block;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;

/** Two signed objects of one validator that no honest one signs both (protocol 2.14). */
public sealed interface Evidence {

  ValidatorIndex culprit();

  /**
   * Two conflicting votes: DOUBLE_NOTARIZE, DOUBLE_FINALIZE, NULLIFY_FINALIZE, STATE_FORK,
   * LANE_FORK or DOUBLE_ACK.
   */
  record ConflictingVotes(Vote first, Vote second) implements Evidence {
    @Override
    public ValidatorIndex culprit() {
      return first.signer();
    }
  }

  /** Two proposals of a leader in one view: DOUBLE_PROPOSE. */
  record ConflictingProposals(Vote first, Vote second) implements Evidence {
    @Override
    public ValidatorIndex culprit() {
      return first.signer();
    }
  }

  /**
   * A signed block that breaks a rule which every node decides alike for ever: INVALID_PROPOSAL
   * (W17).
   */
  record InvalidProposal(ValidatorIndex culprit, Block block, Block parent, Signature signature)
      implements Evidence {}
}
