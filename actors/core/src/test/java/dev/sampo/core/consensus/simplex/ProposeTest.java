package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.HostPressure;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules P1 to P6, TI5, TI7, W7, W16 and D4. */
class ProposeTest {

  @Test
  @DisplayName("TI5, W9: a leader with work asks for its payload in the step in which work comes")
  void asksForThePayloadAtOnce() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    assertThat(leader.effects(Effect.BuildPayload.class))
        .containsExactly(
            new Effect.BuildPayload(
                View.of(1),
                List.of(),
                Cut.unused(4),
                leader.genesis.parameters().inlineBytesMax(),
                leader.genesis.parameters().backlog().batchesMax()));
  }

  @Test
  @DisplayName("TI5: and in the step in which its view begins, before that step's barrier")
  void asksBeforeTheBarrier() {
    var leader = EngineProbe.leaderOf(2, 4);
    leader.work(true);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.propose(first);
    leader.holdDisk();
    leader.forget();
    leader.certificates(leader.notarization(first));
    assertThat(leader.effects(Effect.BuildPayload.class))
        .singleElement()
        .satisfies(build -> assertThat(build.ancestors()).containsExactly(first));
  }

  @Test
  @DisplayName("TI7: on a busy host a leader lets work gather for half of the time it may build in")
  void letsWorkGatherOnABusyHost() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.hostBusy(HostPressure.SEVERAL_LEDGERS);
    leader.work(true);
    // One second before the first sample: T_prop is 2/3 of it, to build a half of that (P6).
    leader.passMillis(166);
    assertThat(leader.effects(Effect.BuildPayload.class)).isEmpty();
    leader.passMillis(1);
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(1);
    assertThat(leader.votes()).doesNotContain(nullify(1));
  }

  @Test
  @DisplayName("TI7: work that comes later than that is carried at once")
  void doesNotWaitAgainForLateWork() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.hostBusy(HostPressure.SEVERAL_LEDGERS);
    leader.passMillis(1_000);
    leader.work(true);
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(1);
  }

  @Test
  @DisplayName("TI7: the wait ends when the host has time again")
  void carriesAtOnceWhenTheHostHasTimeAgain() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.hostBusy(HostPressure.SEVERAL_LEDGERS);
    leader.work(true);
    leader.hostBusy(HostPressure.NONE);
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(1);
  }

  @Test
  @DisplayName(
      "TI7: the only ledger of a busy host waits after a block that carries eight, not less")
  void letsWorkGatherAfterALoadedBlock() {
    assertThat(isCarriedAtOnce(7)).isTrue();
    assertThat(isCarriedAtOnce(8)).isFalse();
  }

  @Test
  @DisplayName("TI7: a block that carries batches alone is as good as a full one")
  void letsWorkGatherAfterBatches() {
    var leader = loneLeaderOfView2();
    var tip = new Cut.Tip(Height.of(1), Sha256.hash(Bytes.ofAscii("batch")));
    var cut = new Cut(List.of(tip, Cut.Tip.UNUSED, Cut.Tip.UNUSED, Cut.Tip.UNUSED));
    assertThat(isCarriedAtOnce(leader, leader.block(1, leader.genesisBlock(), cut))).isFalse();
  }

  private static boolean isCarriedAtOnce(int before) {
    var leader = loneLeaderOfView2();
    var carried =
        LongStream.rangeClosed(1, before)
            .mapToObj(Fakes::transaction)
            .toArray(SignedTransaction[]::new);
    return isCarriedAtOnce(leader, leader.block(1, leader.genesisBlock(), carried));
  }

  /** Whether the leader asks for its payload when its view begins, or only later. */
  private static boolean isCarriedAtOnce(EngineProbe leader, Block first) {
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    boolean atOnce = !leader.effects(Effect.BuildPayload.class).isEmpty();
    leader.passMillis(200);
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(1);
    return atOnce;
  }

  private static EngineProbe loneLeaderOfView2() {
    var leader = EngineProbe.leaderOf(2, 4);
    leader.hostBusy(HostPressure.LONE_LEDGER);
    leader.work(true);
    return leader;
  }

  @Test
  @DisplayName("P6, D4: proposal, block and own vote are one durable group, then all is sent")
  void proposesInOneGroup() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.holdDisk();
    leader.payload(View.of(1), Fakes.transaction(1));
    assertThat(leader.sent(Proposal.class)).isEmpty();
    leader.releaseDisk();
    var block = leader.sent(Proposal.class).getFirst().block();
    assertThat(leader.promises())
        .containsExactlyInAnyOrder(
            new Promise.BlockHeld(block),
            new Promise.Stated(new Statement.Propose(Epoch.ZERO, View.of(1), block.hash())),
            new Promise.Stated(EngineProbe.notarize(block)));
    assertThat(leader.effects(Effect.Persist.class)).hasSize(1);
    assertThat(leader.votes()).containsExactly(EngineProbe.notarize(block));
    assertThat(block.header().type()).isEqualTo(BlockType.NORMAL);
  }

  @Test
  @DisplayName("P6: at most one proposal in a view")
  void proposesOnce() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.payload(View.of(1), Fakes.transaction(1));
    leader.work(true);
    leader.payload(View.of(1), Fakes.transaction(2));
    assertThat(leader.sent(Proposal.class)).hasSize(1);
  }

  @Test
  @DisplayName("P5: block time is the local time, or just after the parent's")
  void stampsBlocks() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.payload(View.of(1), Fakes.transaction(1));
    var block = leader.sent(Proposal.class).getFirst().block();
    assertThat(block.header().time()).isEqualTo(leader.wallClock());
  }

  @Test
  @DisplayName("TI5: without work an EMPTY is proposed T_idle after the entry")
  void proposesAnEmptyBlockWhenIdle() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.passMillis(4_999);
    assertThat(leader.sent(Proposal.class)).isEmpty();
    leader.passMillis(1);
    assertThat(leader.sent(Proposal.class).getFirst().block().header().type())
        .isEqualTo(BlockType.EMPTY);
  }

  @Test
  @DisplayName("TI5: an EMPTY that only finishes an ancestor waits for the finalization first")
  void waitsBeforeFinishingAnAncestor() {
    var leader = EngineProbe.leaderOf(2, 4);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    assertThat(leader.sent(Proposal.class)).isEmpty();
    leader.passMillis(200);
    var block = leader.sent(Proposal.class).getFirst().block();
    assertThat(block.header().type()).isEqualTo(BlockType.EMPTY);
    assertThat(block.header().parent()).isEqualTo(first.hash());
  }

  @Test
  @DisplayName("TI5: and is not needed if the finalization comes")
  void doesNotFinishWhatIsFinal() {
    var leader = EngineProbe.leaderOf(2, 4);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.propose(first);
    leader.certificates(leader.notarization(first), leader.finalization(first));
    leader.passMillis(4_000);
    assertThat(leader.sent(Proposal.class)).isEmpty();
    assertThat(leader.votes()).doesNotContain(nullify(2));
  }

  @Test
  @DisplayName("TI5: an empty payload is no reason to ask again in this view")
  void asksOnceIfTheMempoolIsEmpty() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.payload(View.of(1));
    leader.vote(leader.peer(0), nullify(1));
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(1);
    leader.work(true);
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(2);
  }

  @Test
  @DisplayName("P6: a leader that cannot build within T_prop/2 hands over")
  void handsOverIfItCannotBuild() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    leader.passMillis(332);
    assertThat(leader.votes()).isEmpty();
    leader.passMillis(2);
    assertThat(leader.votes()).containsExactly(nullify(1));
    leader.payload(View.of(1), Fakes.transaction(1));
    assertThat(leader.sent(Proposal.class)).isEmpty();
  }

  @Test
  @DisplayName("P4: every nullification between the parent and the block is sent along")
  void justifiesTheGap() {
    var leader = EngineProbe.leaderOf(3, 4);
    leader.certificates(leader.nullification(1), leader.nullification(2));
    leader.work(true);
    leader.payload(View.of(3), Fakes.transaction(1));
    assertThat(leader.sent(Proposal.class).getFirst().justification())
        .containsExactlyInAnyOrder(leader.nullification(1), leader.nullification(2));
  }

  @Test
  @DisplayName("P4, W7: the proof of the parent goes along in a small committee")
  void justifiesTheParentInASmallCommittee() {
    var leader = EngineProbe.leaderOf(2, 31);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    leader.work(true);
    leader.payload(View.of(2), Fakes.transaction(2));
    assertThat(leader.sent(Proposal.class).getFirst().justification())
        .containsExactly(leader.notarization(first));
  }

  @Test
  @DisplayName("P4: in a large committee only if it is not the view before, or a finalization")
  void sparesTheObviousProofInALargeCommittee() {
    var leader = EngineProbe.leaderOf(2, 34);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    leader.work(true);
    leader.payload(View.of(2), Fakes.transaction(2));
    assertThat(leader.sent(Proposal.class).getFirst().justification()).isEmpty();

    var other = EngineProbe.leaderOf(2, 34);
    other.propose(first);
    other.certificates(other.finalization(first));
    other.work(true);
    other.payload(View.of(2), Fakes.transaction(2));
    assertThat(other.sent(Proposal.class).getFirst().justification())
        .containsExactly(other.finalization(first));
  }

  @Test
  @DisplayName("P4: what exceeds 64 KiB goes ahead of the proposal")
  void splitsALargeJustification() {
    var leader = EngineProbe.leaderOf(21, 100);
    var gap = LongStream.rangeClosed(1, 20).mapToObj(leader::nullification).toList();
    leader.certificates(gap.toArray(Certificate[]::new));
    leader.work(true);
    leader.forget();
    leader.payload(View.of(21), Fakes.transaction(1));
    var ahead = leader.sent(Certificates.class).stream().flatMap(c -> c.certificates().stream());
    var proposal = leader.sent(Proposal.class).getFirst();
    assertThat(proposal.justification()).hasSizeBetween(1, 15);
    assertThat(Stream.concat(ahead, proposal.justification().stream()))
        .containsExactlyInAnyOrderElementsOf(gap);
  }

  @Test
  @DisplayName("P4: no message carries more certificates than its encoding allows")
  void splitsAJustificationOfManyCertificates() {
    var leader = EngineProbe.leaderOf(301, 4);
    leader.certificates(
        LongStream.rangeClosed(1, 300).mapToObj(leader::nullification).toArray(Certificate[]::new));
    leader.work(true);
    leader.forget();
    leader.payload(View.of(301), Fakes.transaction(1));
    assertThat(leader.sent(Certificates.class))
        .isNotEmpty()
        .allSatisfy(
            ahead ->
                assertThat(ahead.certificates())
                    .hasSizeLessThanOrEqualTo(PeerMessageCodec.CERTIFICATES_MAX));
  }

  @Test
  @DisplayName("P1: the highest notarized block whose gap is nullified is the parent")
  void buildsOnTheHighestParent() {
    var leader = EngineProbe.leaderOf(4, 4);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    var second = leader.block(2, first, Fakes.transaction(2));
    leader.propose(first);
    leader.propose(second, leader.notarization(first));
    leader.certificates(
        leader.notarization(second), leader.nullification(2), leader.nullification(3));
    leader.work(true);
    leader.payload(View.of(4), Fakes.transaction(3));
    assertThat(leader.sent(Proposal.class).getFirst().block().header().parent())
        .isEqualTo(second.hash());
  }

  @Test
  @DisplayName("P1, E1: a notarized block that is missing is asked for before a lower one is taken")
  void asksForTheHigherParentFirst() {
    var leader = EngineProbe.leaderOf(3, 4);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.certificates(
        leader.notarization(first), leader.nullification(1), leader.nullification(2));
    leader.work(true);
    assertThat(leader.effects(Effect.BuildPayload.class)).isEmpty();
    leader.passMillis(150);
    assertThat(leader.sent(BlockRequest.class)).contains(new BlockRequest(first.hash()));
    leader.receive(leader.peer(0), new BlockResponse(first));
    assertThat(leader.effects(Effect.BuildPayload.class).getFirst().ancestors())
        .containsExactly(first);
  }

  @Test
  @DisplayName("P1: without any parent three peers are asked at once")
  void asksForTheMissingGapProof() {
    var leader = EngineProbe.leaderOf(6, 7);
    leader.certificates(leader.nullification(5));
    assertThat(leader.effects(Effect.Send.class))
        .anySatisfy(
            send -> {
              assertThat(send.message()).isInstanceOf(CertificateRequest.class);
              assertThat(send.recipients()).hasSize(3);
            });
    leader.certificates(
        LongStream.rangeClosed(1, 4).mapToObj(leader::nullification).toArray(Certificate[]::new));
    leader.work(true);
    assertThat(leader.effects(Effect.BuildPayload.class)).hasSize(1);
  }

  @Test
  @DisplayName("W16, P5: the newest certified state below the block is referred to")
  void refersToTheNewestState() {
    var leader = EngineProbe.leaderOf(2, 4);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    var attested =
        new Statement.StateAttest(
            Epoch.ZERO, Height.of(1), first.hash(), Fixtures.hash(1), Hash.ZERO);
    leader.propose(first);
    leader.certificates(leader.finalization(first));
    leader.step(new Input.StateCertified(leader.certificate(attested)));
    leader.work(true);
    leader.payload(View.of(2), Fakes.transaction(2));
    var proposal = leader.sent(Proposal.class).getFirst();
    assertThat(proposal.block().header().content().stateHeight()).isEqualTo(Height.of(1));
    assertThat(proposal.justification()).contains(leader.certificate(attested));
  }

  @Test
  @DisplayName("W16: a newer state that is certified while the proposal is written changes nothing")
  void sendsTheStateCertificateThatItsBlockRefersTo() {
    var leader = EngineProbe.leaderOf(3, 4);
    var first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    var second = leader.block(2, first, Fakes.transaction(2));
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    leader.propose(second);
    leader.certificates(leader.finalization(second));
    leader.step(new Input.StateCertified(leader.certificate(state(first))));
    leader.work(true);
    leader.holdDisk();
    leader.payload(View.of(3), Fakes.transaction(3));
    leader.step(new Input.StateCertified(leader.certificate(state(second))));
    leader.releaseDisk();
    var proposal = leader.sent(Proposal.class).getFirst();
    assertThat(proposal.block().header().content().stateHeight()).isEqualTo(Height.of(1));
    assertThat(proposal.justification()).contains(leader.certificate(state(first)));
  }

  private static Statement state(Block block) {
    return new Statement.StateAttest(
        Epoch.ZERO, block.height(), block.hash(), Fixtures.hash(1), Hash.ZERO);
  }

  @Test
  @DisplayName("pipelining: the next leader builds on a block that is not final yet")
  void buildsOnANotarizedBlock() {
    var leader = EngineProbe.leaderOf(2, 4);
    Block first = leader.block(1, leader.genesisBlock(), Fakes.transaction(1));
    leader.propose(first);
    leader.certificates(leader.notarization(first));
    leader.work(true);
    leader.payload(View.of(2), Fakes.transaction(2));
    assertThat(leader.finalView()).isEqualTo(View.ZERO);
    assertThat(leader.sent(Proposal.class).getFirst().block().header().parent())
        .isEqualTo(first.hash());
  }

  @Test
  @DisplayName("a payload above the block's limit is a bug of this node")
  void refusesAnOversizedPayload() {
    var leader = EngineProbe.leaderOf(1, 4);
    leader.work(true);
    var much = Stream.generate(() -> Fakes.large(60_000)).limit(18).toList();
    assertThatThrownBy(() -> leader.payload(View.of(1), much.toArray(SignedTransaction[]::new)))
        .isInstanceOf(InvariantViolation.class);
  }
}
