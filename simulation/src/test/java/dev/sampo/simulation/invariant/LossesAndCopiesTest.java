package dev.sampo.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.Promise;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.RecoveryNonce;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Nullify;
import dev.sampo.core.vote.Vote;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.invariant.Observation.Lost;
import dev.sampo.simulation.invariant.Observation.Promised;
import dev.sampo.simulation.invariant.Observation.Sent;
import dev.sampo.simulation.invariant.Observation.Wrote;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The invariants of validators that lose their disk or run twice see what is wrong")
final class LossesAndCopiesTest {

  private static final Genesis GENESIS =
      new World(SimulationSettings.of(1).withValidators(4), FaultSchedule.NONE, Machines.SHIPPED)
          .genesis();
  private static final ValidatorIndex LOSER = ValidatorIndex.of(0);
  private static final List<ValidatorIndex> OTHERS =
      List.of(ValidatorIndex.of(1), ValidatorIndex.of(2), ValidatorIndex.of(3));
  private static final View SPOKEN = View.of(5);
  private static final View ABOVE = View.of(7);
  private static final RecoveryNonce QUESTION = new RecoveryNonce(Bytes.fromHex("aa".repeat(16)));
  private static final RecoveryNonce OLDER = new RecoveryNonce(Bytes.fromHex("bb".repeat(16)));

  private static List<String> found(Invariant invariant, List<Observation> observations) {
    var violated = new ArrayList<String>();
    var findings =
        new Invariant.Findings() {
          @Override
          public void violated(Invariant by, String message) {
            violated.add(message);
          }

          @Override
          public long nanos() {
            return 0;
          }
        };
    observations.stream()
        .filter(each -> invariant.watches(each.getClass()))
        .forEach(each -> invariant.observe(each, findings));
    return violated;
  }

  private static Ground ground(ValidatorIndex... liars) {
    SortedSet<ValidatorIndex> lying = new TreeSet<>(List.of(liars));
    return new Ground(GENESIS, lying);
  }

  @Nested
  @DisplayName("V1: one copy of a validator writes at a time")
  final class OneCopyWrites {

    private List<String> found(Observation... observations) {
      return LossesAndCopiesTest.found(new OneWriter(ground()), List.of(observations));
    }

    @Test
    void aNewerCopyTakesOver() {
      assertThat(found(new Wrote(LOSER, 1, 1), new Wrote(LOSER, 1, 1), new Wrote(LOSER, 2, 2)))
          .isEmpty();
    }

    @Test
    void twoCopiesInOneEpochAreFound() {
      assertThat(found(new Wrote(LOSER, 1, 1), new Wrote(LOSER, 2, 1)))
          .singleElement()
          .asString()
          .contains("two writers in epoch 1");
    }

    @Test
    void anOlderCopyThatWritesOnIsFound() {
      assertThat(found(new Wrote(LOSER, 1, 1), new Wrote(LOSER, 2, 2), new Wrote(LOSER, 1, 3)))
          .singleElement()
          .asString()
          .contains("lets copy 1 write after copy 2");
    }

    @Test
    void otherValidatorsHaveEpochsOfTheirOwnAndLiarsDoAsTheyLike() {
      assertThat(found(new Wrote(LOSER, 1, 1), new Wrote(OTHERS.getFirst(), 2, 1))).isEmpty();
      assertThat(
              LossesAndCopiesTest.found(
                  new OneWriter(ground(LOSER)),
                  List.of(new Wrote(LOSER, 1, 1), new Wrote(LOSER, 2, 1))))
          .isEmpty();
    }
  }

  @Nested
  @DisplayName("RE1 to RE3: who lost its records speaks above all that it said, after q answers")
  final class ALostValidator {

    private final List<Observation> seen = new ArrayList<>();

    private List<String> found() {
      return LossesAndCopiesTest.found(new RecoveryHolds(ground()), seen);
    }

    private void says(ValidatorIndex by, View view) {
      send(by, new ConsensusVote(signed(by, new Nullify(Epoch.ZERO, view))));
    }

    private void asks(RecoveryNonce question) {
      send(
          LOSER,
          new PeerMessage.Recover(signed(LOSER, new Statement.Recover(Epoch.ZERO, question))));
    }

    private void answers(ValidatorIndex by, RecoveryNonce question, View view) {
      var statement = new Statement.RecoverReply(Epoch.ZERO, LOSER, question, view, 0);
      send(
          by,
          new PeerMessage.RecoverReply(signed(by, statement), Optional.empty(), Optional.empty()));
    }

    private void recovers(View from) {
      seen.add(new Promised(LOSER, new Promise.RecoveredFrom(Epoch.ZERO, from, 1)));
    }

    private void send(ValidatorIndex by, PeerMessage message) {
      seen.add(new Sent(by, 3, message));
    }

    private static Vote signed(ValidatorIndex by, Statement statement) {
      return new Vote(statement, by, new Signature(Bytes.owning(new byte[Signature.LENGTH])));
    }

    private void isLostAndAnsweredByAll() {
      says(LOSER, SPOKEN);
      seen.add(new Lost(LOSER));
      asks(QUESTION);
      OTHERS.forEach(each -> answers(each, QUESTION, SPOKEN));
    }

    @Test
    void whoRecoversByTheRulesIsNotAccused() {
      isLostAndAnsweredByAll();
      recovers(ABOVE);
      says(LOSER, ABOVE);

      assertThat(found()).isEmpty();
    }

    @Test
    void oneThatSpeaksBeforeItHasRecoveredIsFound() {
      isLostAndAnsweredByAll();
      says(LOSER, ABOVE);

      assertThat(found()).singleElement().asString().contains("may have spoken in before");
    }

    @Test
    void oneThatSpeaksBelowTheViewItRecoversFromIsFound() {
      isLostAndAnsweredByAll();
      recovers(ABOVE);
      says(LOSER, SPOKEN);

      assertThat(found()).singleElement().asString().contains("may have spoken in before");
    }

    @Test
    void oneThatRecoversWhereItHasSpokenIsFound() {
      isLostAndAnsweredByAll();
      recovers(SPOKEN);

      assertThat(found()).singleElement().asString().contains("but has spoken in");
    }

    @Test
    void tooFewAnswersAreFoundAndThoseToAnOlderQuestionDoNotCount() {
      seen.add(new Lost(LOSER));
      asks(OLDER);
      OTHERS.forEach(each -> answers(each, OLDER, SPOKEN));
      asks(QUESTION);
      answers(OTHERS.getFirst(), QUESTION, SPOKEN);
      answers(OTHERS.getLast(), QUESTION, SPOKEN);
      recovers(ABOVE);

      assertThat(found()).singleElement().asString().contains("recovered by 2 answers");
    }

    @Test
    void oneThatAnswersWhileItIsLostItselfIsFound() {
      seen.add(new Lost(OTHERS.getFirst()));
      answers(OTHERS.getFirst(), QUESTION, SPOKEN);

      assertThat(found()).singleElement().asString().contains("answers");
    }

    @Test
    void anAnswerBelowWhatItsSignerHasSaidIsFound() {
      says(OTHERS.getFirst(), ABOVE);
      answers(OTHERS.getFirst(), QUESTION, SPOKEN);

      assertThat(found()).singleElement().asString().contains("but has spoken in view 7");
    }
  }
}
