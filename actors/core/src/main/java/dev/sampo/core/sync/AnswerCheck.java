package dev.sampo.core.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.light.LightClient;
import dev.sampo.core.light.Refusal;
import dev.sampo.core.light.Verdict;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks what a source says of a ledger against the validators of its genesis: nothing is taken on
 * trust (LC1-LC3, W4). Never throws at an answer. Not thread-safe: one answer after the other.
 */
public final class AnswerCheck {

  private final LightClient light;
  private final CertificateVerifier certificates;
  private final Function<Height, Optional<StateAttest>> own;

  /** {@code own}: what this node computed for a height, if it executed it. */
  public AnswerCheck(
      Genesis genesis, SignatureVerifier verifier, Function<Height, Optional<StateAttest>> own) {
    this.light = LightClient.of(genesis, verifier);
    this.certificates =
        new CertificateVerifier(genesis.ledgerId(), Epoch.ZERO, genesis.validators(), verifier);
    this.own = own;
  }

  /** Of a question for the blocks from {@code from} on. */
  public FollowFinding blocks(Height from, List<PeerMessage> answer) {
    if (answer.size() == 2
        && answer.getFirst() instanceof FinalBlocks(var blocks, var proof)
        && answer.getLast() instanceof StateCertificates(var pushed)) {
      return flawIn(from, blocks)
          .<FollowFinding>map(FollowFinding.Lie::new)
          .or(() -> proof.flatMap(present -> flawIn(blocks.getLast(), present)))
          .or(() -> flawIn(pushed))
          .orElseGet(() -> new FollowFinding.NewBlocks(blocks, proof, pushed));
    }
    return new FollowFinding.Lie("other messages than final blocks and state certificates");
  }

  /** Of a question for batches. */
  public FollowFinding batches(BatchRequest request, List<PeerMessage> answer) {
    if (answer.size() == 1 && answer.getFirst() instanceof BatchResponse(var batches)) {
      return flawIn(request, batches)
          .<FollowFinding>map(FollowFinding.Lie::new)
          .orElseGet(() -> new FollowFinding.NewBatches(batches));
    }
    return new FollowFinding.Lie("other messages than batches");
  }

  /** The chain that leads to the last block: what is final by that one is final too. */
  private static Optional<String> flawIn(Height from, List<Block> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      var block = blocks.get(i);
      if (block.height().number() != from.number() + i) {
        return Optional.of("block " + block.height() + " in place of " + (from.number() + i));
      }
      if (i > 0 && !block.header().parent().equals(blocks.get(i - 1).hash())) {
        return Optional.of("block " + block.height() + " does not follow the one before");
      }
      if (!block.bodyMatchesHeader()) {
        return Optional.of("the body of block " + block.height() + " is not its header's");
      }
    }
    return Optional.empty();
  }

  private Optional<FollowFinding> flawIn(Block last, FinalityProof proof) {
    return switch (light.verify(proof)) {
      case Verdict.Verified(var header) ->
          header.equals(last.header())
              ? Optional.empty()
              : Optional.of(new FollowFinding.Lie("the proof is about another block"));
      case Verdict.Refused(var reason) ->
          Optional.of(
              reason == Refusal.FORK || reason == Refusal.FROZEN
                  ? new FollowFinding.OtherHistory(
                      "two histories are proven, which differ up to block " + last.height())
                  : new FollowFinding.Lie(
                      "the finality of block " + last.height() + " is not proven: " + reason));
    };
  }

  private Optional<FollowFinding> flawIn(List<Certificate> pushed) {
    for (var certificate : pushed) {
      if (!(certificate.statement() instanceof StateAttest statement)) {
        return Optional.of(new FollowFinding.Lie("not a state certificate"));
      }
      var flaw = certificates.verify(certificate);
      if (flaw.isPresent()) {
        return Optional.of(
            new FollowFinding.Lie(
                "the certificate of state " + statement.height() + ": " + flaw.get()));
      }
      var mine = own.apply(statement.height());
      if (mine.isPresent() && !mine.get().equals(statement)) {
        return Optional.of(new FollowFinding.OtherHistory(difference(statement, mine.get())));
      }
    }
    return Optional.empty();
  }

  private static String difference(StateAttest certified, StateAttest mine) {
    boolean isOtherBlock = !certified.block().equals(mine.block());
    return isOtherBlock
        ? "the validators have certified another block at height %s than the one that is stored"
                .formatted(certified.height())
            + " here: was the network set up again from an older state?"
        : "the validators have certified another state after block %s than was computed here"
            .formatted(certified.height());
  }

  /** Each is named by the one before, and the first by a final block. */
  private Optional<String> flawIn(BatchRequest request, List<Batch> batches) {
    var next = request.batch();
    for (var batch : batches) {
      boolean isAsked = batch.lane().equals(request.lane()) && batch.tip().equals(next);
      if (!isAsked || !next.height().isAfter(request.above())) {
        return Optional.of("a batch of lane " + batch.lane() + " that was not asked for");
      }
      if (!batch.payloadMatchesStatement()) {
        return Optional.of("a batch with other transactions than its owner stated");
      }
      var flaw = certificates.verify(batch.asVote());
      if (flaw.isPresent()) {
        return Optional.of("a batch of lane " + batch.lane() + ": " + flaw.get());
      }
      next = batch.parent();
    }
    return Optional.empty();
  }
}
