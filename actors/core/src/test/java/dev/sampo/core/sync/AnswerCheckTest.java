package dev.sampo.core.sync;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchResponse;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.sync.FollowFinding.Lie;
import dev.sampo.core.sync.FollowFinding.NewBlocks;
import dev.sampo.core.sync.FollowFinding.OtherHistory;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("LC1-LC3, W4: a reader believes what the validators signed, and nobody else")
final class AnswerCheckTest {

  private final TestLedger ledger = new TestLedger();
  private final AnswerCheck check =
      new AnswerCheck(ledger.genesis, TestKeys.VERIFIER, _ -> Optional.empty());

  private Block run(int salt) {
    return ledger.run(START + salt, ledger.transfer(ALICE, BOB, 1, salt)).block();
  }

  private FollowFinding answer(List<Block> blocks, Block proven, Certificate... states) {
    return check.blocks(
        Height.of(1),
        List.of(
            new FinalBlocks(blocks, Optional.of(ledger.finality(proven))),
            new StateCertificates(List.of(states))));
  }

  private Certificate state(long height, int signers) {
    return ledger.certificate(ledger.reader().statement(Height.of(height)).orElseThrow(), signers);
  }

  @Test
  void believesAChainWhoseLastBlockIsFinal() {
    var blocks = List.of(run(1), run(2), run(3));

    assertThat(answer(blocks, blocks.getLast(), state(2, 3)))
        .isEqualTo(
            new NewBlocks(
                blocks, Optional.of(ledger.finality(blocks.getLast())), List.of(state(2, 3))));
  }

  @Test
  void believesThatThereIsNothingNew() {
    var nothing = new FinalBlocks(List.of(), Optional.empty());

    assertThat(check.blocks(Height.of(1), List.of(nothing, new StateCertificates(List.of()))))
        .isEqualTo(new NewBlocks(List.of(), Optional.empty(), List.of()));
  }

  @Test
  void callsALieWhatIsNotProven() {
    var first = run(1);
    var second = run(2);
    var forged = ledger.child(first, START + 2, List.of(ledger.transfer(BOB, ALICE, 1, 9)));
    var moved = new Block(second.header(), second.cut(), List.of());

    assertThat(answer(List.of(first, forged), second)).isInstanceOf(Lie.class);
    assertThat(answer(List.of(first, moved), second)).isInstanceOf(Lie.class);
    assertThat(answer(List.of(second), second)).isInstanceOf(Lie.class);
    assertThat(answer(List.of(first, second, second), second)).isInstanceOf(Lie.class);
    assertThat(answer(List.of(first, second), first)).isInstanceOf(Lie.class);
    var unsigned =
        new FinalityProof(
            List.of(second.header()),
            ledger.certificate(
                new Statement.Finalize(Epoch.ZERO, second.view(), second.hash()), 2));
    assertThat(
            check.blocks(
                Height.of(1),
                List.of(
                    new FinalBlocks(List.of(first, second), Optional.of(unsigned)),
                    new StateCertificates(List.of()))))
        .isInstanceOf(Lie.class);
    assertThat(answer(List.of(first, second), second)).isInstanceOf(NewBlocks.class);
  }

  @Test
  void callsALieWhatIsOfAnotherLedgerOrNoAnswer() {
    var other = new TestLedger(new LedgerParameters(1 << 20, 600_000, 100, 1, 5_000));
    var foreign = other.run(START + 1).block();

    assertThat(
            check.blocks(
                Height.of(1),
                List.of(
                    new FinalBlocks(List.of(foreign), Optional.of(other.finality(foreign))),
                    new StateCertificates(List.of()))))
        .isInstanceOf(Lie.class);
    assertThat(check.blocks(Height.of(1), List.<PeerMessage>of())).isInstanceOf(Lie.class);
    assertThat(check.blocks(Height.of(1), List.of(new BatchResponse(List.of()))))
        .isInstanceOf(Lie.class);
  }

  @Test
  void callsALieACertificateThatTooFewSignedOrOfSomethingElse() {
    var blocks = List.of(run(1));
    var finalize =
        new Statement.Finalize(Epoch.ZERO, blocks.getLast().view(), blocks.getLast().hash());

    assertThat(answer(blocks, blocks.getLast(), state(1, 2))).isInstanceOf(Lie.class);
    assertThat(answer(blocks, blocks.getLast(), ledger.certificate(finalize, 3)))
        .isInstanceOf(Lie.class);
  }

  @Test
  @DisplayName("W4: two histories that the validators have signed")
  void saysThatThereIsAnotherHistory() {
    var first = run(1);
    var fork = ledger.child(ledger.genesis.block(), START + 7, List.of());
    assertThat(answer(List.of(first), first)).isInstanceOf(NewBlocks.class);

    assertThat(answer(List.of(fork), fork)).isInstanceOf(OtherHistory.class);
  }

  @Test
  void saysThatTheValidatorsCertifyOtherThanWhatIsStoredHere() {
    run(1);
    var mine = ledger.reader().statement(Height.of(1)).orElseThrow();
    var other =
        new StateAttest(
            mine.epoch(), mine.height(), Hash.ZERO, mine.stateRoot(), mine.receiptsRoot());
    var behind = new AnswerCheck(ledger.genesis, TestKeys.VERIFIER, ledger.reader()::statement);

    var finding =
        behind.blocks(
            Height.of(2),
            List.of(
                new FinalBlocks(List.of(), Optional.empty()),
                new StateCertificates(List.of(ledger.certificate(other, 3)))));

    assertThat(finding)
        .isInstanceOfSatisfying(
            OtherHistory.class,
            history -> assertThat(history.reason()).contains("another block at height 1"));
  }
}
