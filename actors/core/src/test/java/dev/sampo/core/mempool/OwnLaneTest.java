package dev.sampo.core.mempool;

import static dev.sampo.core.testing.TestBatches.batch;
import static dev.sampo.core.testing.TestBatches.chain;
import static dev.sampo.core.testing.TestBatches.proof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Vote;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules L1, L1b and L3 for the owner of a lane, of four validators. */
class OwnLaneTest {

  private static final int LANE = 1;

  private final OwnLane own = new OwnLane(2, false);

  @Test
  @DisplayName("L1: at most 8 batches are ahead of the last proof")
  void stopsEightAheadOfItsProof() {
    var chain = chain(LANE, 0, Tip.UNUSED, 10);
    for (var batch : chain.subList(0, 8)) {
      assertThat(own.mayAppend()).isTrue();
      own.appended(batch);
    }
    assertThat(own.mayAppend()).isFalse();

    prove(chain.get(1));

    own.appended(chain.get(8));
    own.appended(chain.get(9));
    assertThat(own.mayAppend()).isFalse();
  }

  @Test
  @DisplayName("L3: a acknowledgements are a proof, no matter by whom, and it is made once")
  void provesByTheAvailabilityQuorum() {
    var batch = appended(chain(LANE, 0, Tip.UNUSED, 1)).getFirst();

    assertThat(ack(batch, 3)).isEmpty();
    assertThat(ack(batch, 3)).isEmpty();
    assertThat(ack(batch, 1)).contains(proof(batch, 1, 3));
    assertThat(ack(batch, 2)).isEmpty();
  }

  @Test
  @DisplayName("L3: a proof covers the batches below it")
  void provesWhatLiesBelow() {
    var chain = appended(chain(LANE, 0, Tip.UNUSED, 4));

    prove(chain.get(2));

    assertThat(own.oldestAndNewest()).containsExactly(chain.get(3));
    assertThat(own.unproven()).containsExactly(chain.get(3));
    assertThat(own.isEmpty()).isFalse(); // none is ordered yet
  }

  @Test
  @DisplayName("L3, 2.14: an acknowledgement of another batch counts for nothing")
  void countsWhatNamesTheBatchItself() {
    var batch = appended(chain(LANE, 0, Tip.UNUSED, 1)).getFirst();
    var lie = new Ack(batch.ack().epoch(), batch.lane(), 0, batch.height(), Hash.ZERO, false, 0);

    assertThat(own.count(Fakes.vote(lie, ValidatorIndex.of(2)), lie)).isEmpty();
    assertThat(ack(batch, 3)).isEmpty();
    assertThat(ack(batch, 2)).isEmpty(); // it has lied first
    assertThat(ack(batch, 0)).contains(proof(batch, 0, 3));
  }

  @Test
  @DisplayName("2.14: two acknowledgements of one place by one signer are DOUBLE_ACK")
  void showsADoubleAck() {
    var batch = appended(chain(LANE, 0, Tip.UNUSED, 1)).getFirst();
    var lie = new Ack(batch.ack().epoch(), batch.lane(), 0, batch.height(), Hash.ZERO, false, 0);
    var honest = Fakes.vote(batch.ack(), ValidatorIndex.of(2));
    var second = Fakes.vote(lie, ValidatorIndex.of(2));
    ack(batch, 2);

    assertThat(own.conflict(second, lie)).contains(new Evidence.ConflictingVotes(honest, second));
    assertThat(own.conflict(honest, batch.ack())).isEmpty();
    assertThat(own.conflict(Fakes.vote(lie, ValidatorIndex.of(3)), lie)).isEmpty();
  }

  @Test
  @DisplayName("L3: what is repeated is the oldest without a proof and the newest, to the silent")
  void repeatsTheOldestAndTheNewest() {
    var peers = IntStream.of(0, 2, 3).mapToObj(ValidatorIndex::of).toList();
    var chain = chain(LANE, 0, Tip.UNUSED, 3);
    assertThat(own.oldestAndNewest()).isEmpty();
    own.appended(chain.get(0));
    assertThat(own.oldestAndNewest()).containsExactly(chain.get(0));
    appended(chain.subList(1, 3));
    assertThat(own.oldestAndNewest()).containsExactly(chain.get(0), chain.get(2));

    ack(chain.get(0), 2);

    assertThat(own.silentAbout(chain.get(0), peers))
        .containsExactly(ValidatorIndex.of(0), ValidatorIndex.of(3));
    assertThat(own.silentAbout(chain.get(2), peers)).isEqualTo(peers);
  }

  @Test
  @DisplayName("L1b: a final tip on the own chain leaves the run as it is")
  void keepsItsRunWhileItsChainIsOrdered() {
    var chain = appended(chain(LANE, 0, Tip.UNUSED, 3));

    assertThat(own.finalAt(chain.get(1).tip(), 0)).isFalse();
    assertThat(own.unproven()).containsExactly(chain.get(2));
    assertThat(own.finalAt(chain.get(2).tip(), 0)).isFalse();

    assertThat(own.run()).isZero();
    assertThat(own.tip()).isEqualTo(chain.get(2).tip());
    assertThat(own.isEmpty()).isTrue();
    assertThat(own.finalAt(chain.get(2).tip(), 0)).isFalse();
  }

  @Test
  @DisplayName("L1b: a final tip off the own chain begins a run above every other, after that tip")
  void beginsARunAfterAForeignTip() {
    appended(chain(LANE, 0, Tip.UNUSED, 3));
    var foreign = batch(LANE, 0, Tip.UNUSED, 77).tip();

    assertThat(own.finalAt(foreign, 4)).isTrue();

    assertThat(own.run()).isEqualTo(5);
    assertThat(own.tip()).isEqualTo(foreign);
    assertThat(own.isEmpty()).isTrue();
    assertThat(own.unproven()).isEmpty();
    assertThat(own.finalAt(new Tip(Height.of(9), Hash.ZERO), 4)).isTrue();
    assertThat(own.run()).isEqualTo(6);
  }

  @Test
  @DisplayName("L1: a restart goes on where the stored batches of the run end")
  void goesOnAfterARestart() {
    var chain = chain(LANE, 3, Tip.UNUSED, 4);
    var old = batch(LANE, 2, chain.get(0).tip(), 50);

    own.recover(chain.get(0).tip(), List.of(chain.get(3), old, chain.get(1), chain.get(2)), 3);

    assertThat(own.tip()).isEqualTo(chain.get(3).tip());
    assertThat(own.run()).isEqualTo(3);
    assertThat(own.unproven()).containsExactlyElementsOf(chain.subList(1, 4));
    assertThat(own.contains(chain.get(2))).isTrue();
    assertThat(own.contains(old)).isFalse();
  }

  @Test
  @DisplayName("L1b: a place of the run that was used off the chain is never used again")
  void beginsARunIfTheStoredOnesBranchOff() {
    var executed = batch(LANE, 0, Tip.UNUSED, 77).tip();
    var chain = chain(LANE, 0, Tip.UNUSED, 3);

    own.recover(executed, chain.subList(1, 3), 0);

    assertThat(own.run()).isEqualTo(1);
    assertThat(own.tip()).isEqualTo(executed);
    assertThat(own.unproven()).isEmpty();
  }

  private List<Batch> appended(List<Batch> chain) {
    chain.forEach(own::appended);
    return chain;
  }

  private void prove(Batch batch) {
    ack(batch, 0);
    assertThat(ack(batch, 1)).isPresent();
  }

  private Optional<Certificate> ack(Batch batch, int signer) {
    Vote vote = Fakes.vote(batch.ack(), ValidatorIndex.of(signer));
    return own.count(vote, batch.ack());
  }
}
