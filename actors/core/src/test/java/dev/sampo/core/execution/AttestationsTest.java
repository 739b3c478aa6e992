package dev.sampo.core.execution;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("2.11: state attestations and certificates")
class AttestationsTest {

  private final TestLedger ledger = new TestLedger();
  private Attestations attestations = open();

  @Test
  void certifiesOnceAQuorumAgrees() {
    var statement = ledger.run(START + 1).statement();

    assertThat(attestations.add(ledger.vote(statement, 3)).certified()).isEmpty();
    assertThat(attestations.add(ledger.vote(statement, 3)).certified()).isEmpty();
    assertThat(attestations.add(ledger.vote(statement, 0)).certified()).isEmpty();
    var update = attestations.add(ledger.vote(statement, 1));
    ledger.store.commit(update.writes());

    var certificate = update.certified().orElseThrow();
    assertThat(certificate.signers()).extracting(ValidatorIndex::number).containsExactly(0, 1, 3);
    assertThat(attestations.add(ledger.vote(statement, 2)).certified()).isEmpty();
    assertThat(attestations.newest()).contains(certificate);
    assertThat(open().newest()).contains(certificate);
    assertThat(ledger.reader().stateCertificate(Height.of(1))).contains(certificate);
  }

  @Test
  void certifiesALowerHeightLate() {
    var first = ledger.run(START + 1).statement();
    var second = ledger.run(START + 2).statement();
    var newer = attestations.add(ledger.certificate(second, 3));
    ledger.store.commit(newer.writes());
    attestations.add(ledger.vote(first, 0));
    attestations.add(ledger.vote(first, 1));

    ledger.store.commit(attestations.add(ledger.vote(first, 2)).writes());

    assertThat(ledger.reader().stateCertificate(Height.of(1))).isPresent();
    assertThat(ledger.reader().newestStateCertificate()).isEqualTo(newer.certified());
  }

  @Test
  @DisplayName("2.14: STATE_FORK, once")
  void accusesWhoAttestsTwoStatesOfOneHeight() {
    var statement = ledger.run(START + 1).statement();
    var first = ledger.vote(statement, 2);
    var second = ledger.vote(other(statement), 2);

    assertThat(attestations.add(first).evidence()).isEmpty();
    assertThat(attestations.add(second).evidence())
        .contains(new Evidence.ConflictingVotes(first, second));
    assertThat(attestations.add(second).evidence()).isEmpty();
  }

  @Test
  void countsOnlyTheFirstVoteOfAValidator() {
    var statement = ledger.run(START + 1).statement();
    attestations.add(ledger.vote(other(statement), 2));
    attestations.add(ledger.vote(statement, 0));
    attestations.add(ledger.vote(statement, 1));

    assertThat(attestations.add(ledger.vote(statement, 2)).certified()).isEmpty();
    assertThat(attestations.add(ledger.vote(statement, 3)).certified()).isPresent();
  }

  @Test
  @Tag("fault-54")
  void stopsWhenAQuorumAttestsOtherRoots() {
    var theirs = other(ledger.run(START + 1, ledger.transfer(ALICE, BOB, 1, 1)).statement());
    attestations.add(ledger.vote(theirs, 0));
    attestations.add(ledger.vote(theirs, 1));

    assertThatThrownBy(() -> attestations.add(ledger.vote(theirs, 2)))
        .isInstanceOf(StateDivergence.class);
    assertThatThrownBy(() -> attestations.add(ledger.certificate(theirs, 3)))
        .isInstanceOf(StateDivergence.class);
  }

  @Test
  @Tag("fault-54")
  void stopsWhenExecutionCatchesUpWithACertificateOfOtherRoots() {
    var twin = new TestLedger();
    var theirs = other(twin.run(START + 1, twin.transfer(ALICE, BOB, 1, 1)).statement());
    attestations.add(ledger.certificate(theirs, 3));
    var mine = ledger.run(START + 1, ledger.transfer(ALICE, BOB, 1, 1)).statement();

    assertThatThrownBy(() -> attestations.executed(mine)).isInstanceOf(StateDivergence.class);
  }

  @Test
  void ignoresWhatIsNoAttestationOrFarAway() {
    var statement = ledger.run(START + 1).statement();
    var far =
        new StateAttest(
            Epoch.ZERO,
            Height.of(Attestations.WINDOW + 1),
            statement.block(),
            statement.stateRoot(),
            statement.receiptsRoot());
    var finalize =
        new Statement.Finalize(Epoch.ZERO, ledger.blocks().get(1).view(), statement.block());
    for (int i = 0; i < 4; i++) {
      assertThat(attestations.add(ledger.vote(far, i)).certified()).isEmpty();
      assertThat(attestations.add(ledger.vote(finalize, i)).certified()).isEmpty();
    }
    assertThat(attestations.add(ledger.certificate(finalize, 3)).certified()).isEmpty();
    assertThat(attestations.add(ledger.certificate(statement, 2)).certified()).isEmpty();
  }

  @Test
  @DisplayName("7.12: the newest two are sent again, and signed again after a restart")
  void keepsTheNewestTwoOwnAttestations() {
    var statements = new ArrayList<StateAttest>();
    for (int i = 1; i <= 4; i++) {
      statements.add(ledger.run(START + i).statement());
      attestations.add(ledger.vote(statements.getLast(), 1));
    }

    assertThat(attestations.newestOwn())
        .containsExactly(ledger.vote(statements.get(2), 1), ledger.vote(statements.get(3), 1));
    assertThat(ledger.reader().newestStatements(2))
        .containsExactly(statements.get(2), statements.get(3));
  }

  private Attestations open() {
    return Attestations.open(
        TestLedger.validators(), Optional.of(ValidatorIndex.of(1)), ledger.store);
  }

  private static StateAttest other(StateAttest statement) {
    return new StateAttest(
        statement.epoch(),
        statement.height(),
        statement.block(),
        Hash.ZERO,
        statement.receiptsRoot());
  }
}
