package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.DAY;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.GOLD_ON_B;
import static dev.sampo.core.packet.TwoLedgers.MINUTE;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("4.1: the light client of a peer in a ledger's state")
class PacketClientTest {

  private static final Hash FORGED = Sha256.hash(Bytes.fromHex("66"));

  private final TwoLedgers ledgers = TwoLedgers.connected();
  private final Side a = ledgers.a;
  private final Side b = ledgers.b;

  private PeerClient client() {
    return PacketState.client(a.state(), b.id()).orElseThrow();
  }

  /** Another block at the height of b's newest one, as final as that. */
  private Block forked() {
    var newest = b.ledger.blocks().getLast().height().number();
    var parent = b.ledger.blocks().get((int) newest - 1);
    return b.ledger.child(parent, b.time() + 7, List.of());
  }

  private UpdateClient certified(Block block, Hash stateRoot) {
    return new UpdateClient(b.ledger.finality(block), stateCertificate(block, stateRoot, 3));
  }

  private Certificate stateCertificate(Block block, Hash stateRoot, int signers) {
    return b.ledger.certificate(
        new Statement.StateAttest(
            Epoch.ZERO, block.height(), block.hash(), stateRoot, Sha256.hash(Bytes.EMPTY)),
        signers);
  }

  private Block newest() {
    return b.ledger.blocks().getLast();
  }

  @Test
  @DisplayName("LC3: an anchor has the time and the root of the block that was certified")
  void remembersWhatWasProven() {
    b.pass(5_000);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    assertThat(a.events()).containsExactly("client_updated");
    var statement = b.ledger.reader().statement(newest().height()).orElseThrow();
    assertThat(PacketState.anchor(a.state(), b.id(), newest().height()))
        .contains(
            new Anchor(
                newest().height(),
                newest().hash(),
                newest().header().time(),
                statement.stateRoot()));
    assertThat(client().newest())
        .isEqualTo(new PeerClient.Newest(newest().height(), newest().header().time()));
  }

  @Test
  @DisplayName(
      "T3: an update that is known changes nothing, and an earlier one only adds an anchor")
  void takesUpdatesInAnyOrderAndOnce() {
    b.pass(5_000);
    b.pass(5_000);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    var before = client();
    assertThat(a.submit(b.update())).isEqualTo("OK");
    assertThat(a.events()).containsExactly("client_unchanged");
    assertThat(a.submit(b.update(b.height() - 1))).isEqualTo("OK");
    assertThat(client().newest()).isEqualTo(before.newest());
    assertThat(client().anchors()).isEqualTo(before.anchors() + 1);
    assertThat(PacketState.anchor(a.state(), b.id(), Height.of(b.height() - 1))).isPresent();
  }

  @Test
  @DisplayName("T10: the newest anchors are kept, and no older one takes their place")
  void keepsABoundedNumberOfAnchors() {
    long first = b.height();
    long leftOut = first + 101;
    for (int i = 0; i < Clients.ANCHORS_MAX; i++) {
      b.pass(1);
      if (b.height() == leftOut) {
        b.pass(1);
      }
      assertThat(a.submit(b.update())).isEqualTo("OK");
    }
    assertThat(PacketState.anchors(a.state(), b.id())).hasSize(Clients.ANCHORS_MAX);
    assertThat(client().anchors()).isEqualTo(Clients.ANCHORS_MAX);
    assertThat(PacketState.anchor(a.state(), b.id(), Height.of(1))).isEmpty();
    assertThat(PacketState.anchor(a.state(), b.id(), Height.of(first + 1))).isPresent();
    assertThat(a.submit(b.update(first))).isEqualTo("PROOF_TOO_OLD");

    // One that was left out takes the place of the lowest, and an equal one of none.
    assertThat(a.submit(b.update(leftOut))).isEqualTo("OK");
    assertThat(a.submit(b.update(leftOut))).isEqualTo("OK");
    assertThat(PacketState.anchors(a.state(), b.id())).hasSize(Clients.ANCHORS_MAX);
    assertThat(client().anchors()).isEqualTo(Clients.ANCHORS_MAX);
    assertThat(PacketState.anchor(a.state(), b.id(), Height.of(leftOut))).isPresent();
    assertThat(PacketState.anchor(a.state(), b.id(), Height.of(first + 1))).isEmpty();
    assertThat(PacketState.anchor(a.state(), b.id(), Height.of(first + 2))).isPresent();
  }

  @Test
  void refusesWhatTheValidatorsDidNotSign() {
    b.pass(1_000);
    var good = b.update();
    var block = newest();
    var root = b.ledger.reader().statement(block.height()).orElseThrow().stateRoot();
    var finalize = new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
    var few = new FinalityProof(List.of(block.header()), b.ledger.certificate(finalize, 2));

    assertThat(a.submit(new UpdateClient(few, good.state()))).isEqualTo("PEER_PROOF_REFUSED");
    assertThat(a.submit(new UpdateClient(good.finality(), stateCertificate(block, root, 2))))
        .isEqualTo("PEER_PROOF_REFUSED");
    assertThat(a.submit(new UpdateClient(good.finality(), good.finality().finalization())))
        .isEqualTo("PEER_PROOF_REFUSED");
    var earlier = b.update(b.height() - 1);
    assertThat(a.submit(new UpdateClient(good.finality(), earlier.state())))
        .isEqualTo("PEER_PROOF_REFUSED");
    // The same block, signed for another ledger.
    var other = Side.ofAssets("0c", GOLD);
    assertThat(
            a.submit(
                new UpdateClient(
                    new FinalityProof(
                        List.of(block.header()), other.ledger.certificate(finalize, 3)),
                    good.state())))
        .isEqualTo("PEER_PROOF_REFUSED");
    other.pass(1_000);
    assertThat(a.submit(other.update())).isEqualTo("UNKNOWN_CLIENT");
    assertThat(a.submit(a.update())).isEqualTo("UNKNOWN_CLIENT");
    assertThat(PacketState.anchor(a.state(), b.id(), block.height())).isEmpty();
  }

  @Test
  @DisplayName("T10: a proof of an epoch whose validators are unknown is refused as such")
  void refusesOtherEpochs() {
    var header = forked().header();
    var position = header.position();
    var next =
        new BlockHeader(
            header.version(),
            header.ledger(),
            new BlockHeader.Position(
                Epoch.of(1),
                position.view(),
                Height.of(b.height() + 5),
                position.parent(),
                position.parentView()),
            header.time(),
            header.proposer(),
            header.type(),
            header.content());
    var hash = next.computeHash();
    var finality =
        new FinalityProof(
            List.of(next),
            b.ledger.certificate(new Statement.Finalize(Epoch.of(1), next.view(), hash), 3));
    var state =
        b.ledger.certificate(
            new Statement.StateAttest(Epoch.of(1), next.height(), hash, FORGED, FORGED), 3);
    assertThat(a.submit(new UpdateClient(finality, state))).isEqualTo("UNSUPPORTED_EPOCH");
  }

  @Test
  @DisplayName("T8, LC6: a proof that contradicts an anchor stops everything and deletes nothing")
  void freezesWhenAnAnchorIsContradicted() {
    var received = ledgers.send(a, ALICE, GOLD, CAROL, 1);
    ledgers.receive(received);
    var pending = ledgers.send(a, ALICE, GOLD, CAROL, 2);
    var back = ledgers.send(b, CAROL, GOLD_ON_B, CAROL, 1);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    var receive = b.receive(back);
    var acknowledge = b.acknowledge(received);
    assertThat(a.submit(certified(forked(), FORGED))).isEqualTo("OK");
    assertThat(a.events()).containsExactly("client_frozen");
    assertThat(client().frozen()).isTrue();

    var send = Assets.sendAcross(TO_B, GOLD, CAROL, 1, b.in(MINUTE));
    assertThat(a.submit(ALICE, send)).isEqualTo("CLIENT_FROZEN");
    assertThat(a.submit(receive)).isEqualTo("CLIENT_FROZEN");
    assertThat(a.submit(acknowledge)).isEqualTo("CLIENT_FROZEN");
    assertThat(a.submit(b.timeOut(pending))).isEqualTo("CLIENT_FROZEN");
    assertThat(a.submit(b.update())).isEqualTo("CLIENT_FROZEN");
    assertThat(PacketState.pending(a.state(), TO_B, 1)).contains(received);
    assertThat(PacketState.pending(a.state(), TO_B, 2)).contains(pending);

    var anchor = anchorOf(newest());
    assertThat(a.decide(new Action.ResolveClient(b.id(), anchor))).isEqualTo("OK");
    assertThat(a.submit(receive)).isEqualTo("OK");
    assertThat(a.submit(acknowledge)).isEqualTo("OK");
    assertThat(a.submit(ALICE, send)).isEqualTo("OK");
    ledgers.assertConserved();
  }

  private Anchor anchorOf(Block block) {
    return new Anchor(
        block.height(),
        block.hash(),
        block.header().time(),
        b.ledger.reader().statement(block.height()).orElseThrow().stateRoot());
  }

  @Test
  @DisplayName("T8: what governance has resolved is not held against the peer again")
  void isNotFrozenAgainByTheOldFork() {
    b.pass(1_000);
    var good = b.update();
    var fork = certified(forked(), FORGED);
    assertThat(a.submit(new ReportFork(good.finality(), fork.finality()))).isEqualTo("OK");
    assertThat(client().frozen()).isTrue();
    assertThat(a.decide(new Action.ResolveClient(b.id(), anchorOf(newest())))).isEqualTo("OK");
    assertThat(client().anchors()).isEqualTo(PacketState.anchors(a.state(), b.id()).size());

    assertThat(a.submit(new ReportFork(good.finality(), fork.finality()))).isEqualTo("NO_FORK");
    assertThat(a.submit(fork)).isEqualTo("PROOF_TOO_OLD");
    assertThat(a.submit(good)).isEqualTo("OK");
    assertThat(client().frozen()).isFalse();
    b.pass(1_000);
    assertThat(a.submit(b.update())).isEqualTo("OK");
  }

  @Test
  @DisplayName("T8: two state roots of one block are two histories as well")
  void freezesWhenAnotherRootIsCertified() {
    b.pass(1_000);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    assertThat(a.submit(certified(newest(), FORGED))).isEqualTo("OK");
    assertThat(client().frozen()).isTrue();
  }

  @Test
  @DisplayName("LC6: only two histories that are both final freeze the client")
  void isNotFrozenByWhatProvesNoFork() {
    b.pass(1_000);
    var good = b.update().finality();
    var block = forked();
    var fork = b.ledger.finality(block);
    var finalize = new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
    var few = new FinalityProof(List.of(block.header()), b.ledger.certificate(finalize, 2));
    var other = Side.ofAssets("0c", GOLD);
    other.pass(1_000);

    assertThat(a.submit(new ReportFork(good, good))).isEqualTo("NO_FORK");
    assertThat(a.submit(new ReportFork(good, b.update(1).finality()))).isEqualTo("NO_FORK");
    assertThat(a.submit(new ReportFork(good, few))).isEqualTo("PEER_PROOF_REFUSED");
    assertThat(a.submit(new ReportFork(few, good))).isEqualTo("PEER_PROOF_REFUSED");
    assertThat(a.submit(new ReportFork(good, other.update().finality()))).isEqualTo("NO_FORK");
    assertThat(a.submit(new ReportFork(other.update().finality(), good)))
        .isEqualTo("UNKNOWN_CLIENT");
    assertThat(a.submit(certifiedBy(block, few))).isEqualTo("PEER_PROOF_REFUSED");
    assertThat(client().frozen()).isFalse();
    assertThat(a.submit(new ReportFork(fork, good))).isEqualTo("OK");
    assertThat(client().frozen()).isTrue();
    assertThat(a.submit(new ReportFork(fork, good))).isEqualTo("CLIENT_FROZEN");
  }

  private UpdateClient certifiedBy(Block block, FinalityProof finality) {
    return new UpdateClient(finality, stateCertificate(block, FORGED, 3));
  }

  @Test
  @DisplayName("T10: evidence older than the trusting period freezes nothing")
  void doesNotHoldOldForksAgainstThePeer() {
    b.pass(1_000);
    var good = b.update().finality();
    var fork = b.ledger.finality(forked());
    a.pass(DAY);
    b.pass(DAY);
    assertThat(a.decide(new Action.ResolveClient(b.id(), anchorOf(newest())))).isEqualTo("OK");
    assertThat(a.submit(new ReportFork(good, fork))).isEqualTo("NO_FORK");
    assertThat(client().frozen()).isFalse();
  }

  @Test
  @DisplayName("T10: an expired client acts like a frozen one until governance resolves it")
  void expiresWithoutUpdates() {
    var pending = ledgers.send(a, ALICE, GOLD, CAROL, 2);
    long known = client().newest().time().millis();
    a.pass(known + DAY - 1_000 - a.time());
    b.pass(2 * MINUTE);
    assertThat(a.submit(b.update(client().newest().height().number()))).isEqualTo("OK");
    assertThat(a.time()).isEqualTo(known + DAY);

    assertThat(a.submit(b.update())).isEqualTo("CLIENT_EXPIRED");
    assertThat(a.submit(b.timeOut(pending))).isEqualTo("CLIENT_EXPIRED");
    var send = Assets.sendAcross(TO_B, GOLD, CAROL, 1, b.in(MINUTE));
    assertThat(a.submit(ALICE, send)).isEqualTo("CLIENT_EXPIRED");

    var old = new Anchor(Height.of(1), FORGED, b.ledger.blocks().get(1).header().time(), FORGED);
    assertThat(a.decide(new Action.ResolveClient(b.id(), old))).isEqualTo("PROOF_TOO_OLD");
    assertThat(a.decide(new Action.ResolveClient(b.id(), anchorOf(newest())))).isEqualTo("OK");
    assertThat(a.submit(b.timeOut(pending))).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(1_000);
  }

  @Test
  @DisplayName("T10: a proof from before the trusting period is no anchor")
  void refusesOldProofs() {
    b.pass(1_000);
    var old = b.update();
    b.pass(DAY);
    assertThat(a.submit(b.update())).isEqualTo("OK");
    a.pass(DAY);
    assertThat(a.submit(old)).isEqualTo("PROOF_TOO_OLD");
  }

  @Test
  @DisplayName("T9: nothing is sent before any time of the destination is known")
  void sendsNothingBeforeTheFirstAnchor() {
    var third = Side.ofAssets("0c", GOLD);
    var channel = new ChannelId("to-c");
    a.decide(new Action.ConnectClient(third.id(), third.ledger.genesis.validators(), DAY));
    a.decide(new Action.OpenChannel(channel, third.id(), TwoLedgers.TO_A, ChannelLimits.DEFAULT));
    var send = Assets.sendAcross(channel, GOLD, CAROL, 1, third.in(20 * MINUTE));
    assertThat(a.submit(ALICE, send)).isEqualTo("UNKNOWN_ANCHOR");
    third.pass(1_000);
    assertThat(a.submit(third.update())).isEqualTo("OK");
    assertThat(a.submit(ALICE, send)).isEqualTo("OK");
  }

  @Test
  @DisplayName("T8: a peer that halts is not frozen: packets wait")
  void waitsForAPeerThatHalts() {
    var pending = ledgers.send(a, ALICE, GOLD, CAROL, 2);
    a.pass(2 * MINUTE);
    assertThat(client().frozen()).isFalse();
    assertThat(PacketState.pending(a.state(), TO_B, 1)).contains(pending);
    b.pass(10 * MINUTE);
    assertThat(ledgers.timeOut(pending)).isEqualTo("OK");
  }
}
