package dev.sampo.core.vote;

import dev.sampo.core.block.Block;
import dev.sampo.core.merkle.MerklePath;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import java.util.List;

/** Signed objects that no honest validator signs (protocol 2.14). */
public sealed interface Evidence {

  /** Who broke the protocol; none of them is honest. */
  List<ValidatorIndex> culprits();

  /**
   * Two conflicting votes: DOUBLE_NOTARIZE, DOUBLE_FINALIZE, NULLIFY_FINALIZE, STATE_FORK,
   * LANE_FORK or DOUBLE_ACK.
   */
  record ConflictingVotes(Vote first, Vote second) implements Evidence {
    public ValidatorIndex culprit() {
      return first.signer();
    }

    @Override
    public List<ValidatorIndex> culprits() {
      return List.of(culprit());
    }
  }

  /** Two proposals of a leader in one view: DOUBLE_PROPOSE. */
  record ConflictingProposals(Vote first, Vote second) implements Evidence {
    public ValidatorIndex culprit() {
      return first.signer();
    }

    @Override
    public List<ValidatorIndex> culprits() {
      return List.of(culprit());
    }
  }

  /**
   * A signed block that breaks a rule which every node decides alike for ever: INVALID_PROPOSAL
   * (W17).
   */
  record InvalidProposal(ValidatorIndex culprit, Block block, Block parent, Signature signature)
      implements Evidence {
    @Override
    public List<ValidatorIndex> culprits() {
      return List.of(culprit);
    }
  }

  /**
   * Validators vouched for a batch with an invalid client signature: INVALID_ACK (X11).
   *
   * @param path places the entry under the root of the first of {@code appends}
   * @param appends from the batch with the entry up to the one that {@code proof} is about
   * @param proof of availability, of those that say that they verified the signatures
   */
  record InvalidAck(
      SignedTransaction entry, MerklePath path, List<Append> appends, Certificate proof)
      implements Evidence {

    public InvalidAck {
      appends = List.copyOf(appends);
    }

    @Override
    public List<ValidatorIndex> culprits() {
      return proof.signers();
    }

    /**
     * Whether all of it hangs together: then the proof's signers vouched for the entry, and they
     * are guilty if its signature is not valid and theirs are.
     */
    public boolean isLinked() {
      if (appends.isEmpty()
          || !(proof.statement() instanceof Ack ack)
          || !ack.verified()
          || !ack.batch().equals(appends.getLast().batch())) {
        return false;
      }
      for (int i = 1; i < appends.size(); i++) {
        if (!appends.get(i).parent().equals(appends.get(i - 1).batch())) {
          return false;
        }
      }
      var holder = appends.getFirst();
      return path.count() == holder.count()
          && path.proves(holder.root(), entry.contentHash().value());
    }
  }
}
