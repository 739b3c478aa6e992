package dev.sampo.core.testing;

import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Batches, cuts and proofs of availability with signatures that cost little. */
public final class TestBatches {

  private TestBatches() {}

  public static Batch batch(int lane, long run, Tip parent, SignedTransaction... transactions) {
    var owner = ValidatorIndex.of(lane);
    var statement = Batch.statement(Epoch.ZERO, owner, run, parent, List.of(transactions));
    return new Batch(statement, List.of(transactions), Fakes.sign(statement, owner));
  }

  /** With one transaction that {@code number} determines. */
  public static Batch batch(int lane, long run, Tip parent, long number) {
    return batch(lane, run, parent, Fakes.transaction(number));
  }

  /** So many batches of one transaction each, lowest first. */
  public static List<Batch> chain(int lane, long run, Tip parent, int length) {
    var chain = new ArrayList<Batch>();
    var tip = parent;
    for (int i = 0; i < length; i++) {
      chain.add(batch(lane, run, tip, 1_000 * run + i));
      tip = chain.getLast().tip();
    }
    return chain;
  }

  /** Acknowledged by these validators. */
  public static Certificate proof(Batch batch, int... signers) {
    return Certificate.of(
        batch.ack(),
        Arrays.stream(signers)
            .mapToObj(signer -> Fakes.vote(batch.ack(), ValidatorIndex.of(signer)))
            .toList());
  }

  /** Acknowledged as verified by these validators (X11). */
  public static Certificate verifiedProof(Batch batch, int... signers) {
    return Certificate.of(
        batch.ack(true),
        Arrays.stream(signers)
            .mapToObj(signer -> Fakes.vote(batch.ack(true), ValidatorIndex.of(signer)))
            .toList());
  }

  /** {@code cut} with the lane of each of the batches at it. */
  public static Cut advance(Cut cut, Batch... batches) {
    var tips = new ArrayList<>(cut.tips());
    for (var batch : batches) {
      tips.set(batch.lane().number(), batch.tip());
    }
    return new Cut(tips);
  }
}
