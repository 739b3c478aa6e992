package dev.sampo.core.light;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.execution.TestLedger.GOLD;
import static dev.sampo.core.execution.TestLedger.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.light.Verdict.Refused;
import dev.sampo.core.light.Verdict.Verified;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("2.18: proofs for those who trust only the validators")
class LightClientTest {

  private static final StateKey BOBS_GOLD = Assets.balanceKey(GOLD, BOB);

  private final TestLedger ledger = new TestLedger();
  private final LightClient client = LightClient.of(ledger.genesis, TestKeys.VERIFIER);

  @Test
  @DisplayName("W5: time and height are those of the block that the state certificate is about")
  void believesAValueAndSaysWhenItWasSo() throws Malformed {
    ledger.run(START + 1, ledger.transfer(ALICE, BOB, 10, 1));
    ledger.certify(1);
    ledger.run(START + 2, ledger.transfer(ALICE, BOB, 10, 2));

    var proof = StateProof.decode(prove(BOBS_GOLD).encoded());

    assertThat(client.verify(proof))
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              var proven = (ProvenValue) verified.value();
              assertThat(Assets.amountOf(proven.value())).isEqualTo(510);
              assertThat(proven.at()).isEqualTo(ledger.blocks().get(1).header());
            });
  }

  @Test
  void believesThatAKeyIsAbsent() {
    ledger.run(START + 1);
    ledger.certify(1);

    assertThat(client.verify(prove(Assets.balanceKey(GOLD, CAROL))))
        .isEqualTo(
            new Verified<>(
                new ProvenValue(
                    Assets.balanceKey(GOLD, CAROL),
                    Optional.empty(),
                    ledger.blocks().get(1).header())));
  }

  @Test
  void believesAReceipt() throws Malformed {
    var second = ledger.transfer(BOB, CAROL, 5_000, 2);
    ledger.run(START + 1, ledger.transfer(ALICE, BOB, 10, 1), second);
    ledger.certify(1);

    var proof =
        ReceiptProof.decode(ledger.reader().proveReceipt(second.id()).orElseThrow().encoded());

    assertThat(client.verify(proof))
        .isEqualTo(
            new Verified<>(
                new ProvenReceipt(
                    ledger.reader().receipt(second.id()).orElseThrow(),
                    ledger.blocks().get(1).header())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "absence"})
  void refusesAStateProofWithAnyBitFlipped(String kind) {
    ledger.run(START + 1, ledger.transfer(ALICE, BOB, 10, 1));
    ledger.certify(1);
    var proof = prove(kind.equals("value") ? BOBS_GOLD : Assets.balanceKey(GOLD, CAROL));
    var encoded = proof.encoded();
    for (int bit = 0; bit < encoded.length() * 8; bit++) {
      assertThat(believed(flipped(encoded, bit), proof.key())).as("bit %d", bit).isFalse();
    }
  }

  private boolean believed(Bytes encoded, StateKey asked) {
    try {
      return newClient().verify(StateProof.decode(encoded)) instanceof Verified(var proven)
          && proven.key().equals(asked);
    } catch (Malformed refused) {
      return false;
    }
  }

  @Test
  void refusesWhatTooFewOrStrangersOrNobodySigned() {
    ledger.run(START + 1);
    var block = ledger.blocks().get(1);
    var finalize = new Statement.Finalize(block.header().epoch(), block.view(), block.hash());
    var notarize = new Statement.Notarize(block.header().epoch(), block.view(), block.hash());

    assertRefused(proof(block, ledger.certificate(finalize, 2)), Refusal.TOO_FEW_SIGNERS);
    assertRefused(proof(block, ledger.certificate(notarize, 3)), Refusal.NOT_FINALIZED);
    var other = new TestLedger(new LedgerParameters(1 << 20, 600_000, 100, 1, 5_000));
    assertRefused(proof(block, other.certificate(finalize, 3)), Refusal.BAD_SIGNATURE);
    assertRefused(other.finality(other.next(START + 1, List.of())), Refusal.WRONG_LEDGER);
    assertThat(client.verify(ledger.finality(block))).isEqualTo(new Verified<>(block.header()));
  }

  @Test
  void refusesAChainWithAGap() {
    ledger.run(START + 1);
    ledger.run(START + 2);
    ledger.run(START + 3);
    var headers = ledger.blocks().stream().map(Block::header).toList();
    var last = ledger.finality(ledger.blocks().get(3)).finalization();

    assertRefused(
        new FinalityProof(List.of(headers.get(1), headers.get(3)), last), Refusal.BROKEN_CHAIN);
    assertThat(
            client.verify(
                new FinalityProof(List.of(headers.get(1), headers.get(2), headers.get(3)), last)))
        .isEqualTo(new Verified<>(headers.get(1)));
  }

  @Test
  void refusesAChainThatGoesOnAfterTheHighestHeight() {
    var block = ledger.next(START + 1, List.of());
    var highest = at(block.header(), Height.of(Long.MAX_VALUE), Hash.ZERO);
    var after = at(ledger.child(block, START + 2, List.of()).header(), Height.ZERO, highest.hash());

    assertRefused(
        new FinalityProof(
            List.of(highest.header(), after.header()), ledger.finality(block).finalization()),
        Refusal.BROKEN_CHAIN);
  }

  private record Named(BlockHeader header, Hash hash) {}

  private static Named at(BlockHeader header, Height height, Hash parent) {
    var position = header.position();
    var moved =
        new BlockHeader(
            header.version(),
            header.ledger(),
            new BlockHeader.Position(
                position.epoch(), position.view(), height, parent, position.parentView()),
            header.time(),
            header.proposer(),
            header.type(),
            header.content());
    return new Named(moved, moved.computeHash());
  }

  @Test
  void refusesABlockThatTheFinalizedOneDoesNotDescendFrom() {
    ledger.run(START + 1);
    ledger.run(START + 2);
    var finalized = ledger.blocks().get(2);
    var parent = ledger.blocks().get(1);
    var forked = ledger.child(ledger.blocks().get(0), START + 1, transfers());
    var forkedChild = ledger.child(parent, START + 2, transfers());
    var finalization = ledger.finality(finalized).finalization();

    assertRefused(
        new FinalityProof(List.of(forked.header(), finalized.header()), finalization),
        Refusal.BROKEN_CHAIN);
    assertRefused(proof(forkedChild, finalization), Refusal.NOT_FINALIZED);
  }

  private List<SignedTransaction> transfers() {
    return List.of(ledger.transfer(ALICE, BOB, 1, 1));
  }

  @Test
  void findsTheNewestCertifiedStateThatIsExecutedHere() {
    ledger.run(START + 1);
    ledger.certify(1);
    var ahead = new TestLedger();
    ahead.run(ledger.blocks().get(1));
    ahead.run(START + 2);
    ahead.certify(2);
    var update =
        Attestations.open(TestLedger.validators(), Optional.empty(), ledger.store)
            .add(ahead.reader().stateCertificate(Height.of(2)).orElseThrow());
    ledger.store.commit(update.writes());

    assertThat(client.verify(prove(BOBS_GOLD))).isInstanceOf(Verified.class);
    ledger.run(ahead.blocks().get(2));
    assertThat(prove(BOBS_GOLD).finality().target()).isEqualTo(ahead.blocks().get(2).header());
  }

  @Test
  @DisplayName("7.23: the root counts only for the block that it is about")
  void refusesAStateOfABlockThatIsNotInTheChain() {
    ledger.run(START + 1);
    ledger.run(START + 2);
    ledger.certify(1);
    var proof = prove(BOBS_GOLD);
    var moved =
        new StateProof(
            ledger.finality(ledger.blocks().get(2)),
            proof.state(),
            proof.key(),
            proof.value(),
            proof.tree());

    assertThat(client.verify(moved)).isEqualTo(new Refused<>(Refusal.STATE_NOT_IN_CHAIN));
  }

  @Test
  void refusesAValueThatIsNotTheOne() {
    ledger.run(START + 1);
    ledger.certify(1);
    var proof = prove(BOBS_GOLD);
    var richer =
        new StateProof(
            proof.finality(),
            proof.state(),
            proof.key(),
            Optional.of(Bytes.fromHex("7fffffffffffffff")),
            proof.tree());

    assertThat(client.verify(richer)).isEqualTo(new Refused<>(Refusal.VALUE_NOT_PROVEN));
  }

  @Test
  @DisplayName("W4: two finalized blocks of one height freeze the client for good")
  void believesNothingAnyMoreOnceItHasSeenAFork() {
    ledger.run(START + 1);
    ledger.certify(1);
    var honest = ledger.finality(ledger.blocks().get(1));
    var forked =
        ledger.child(ledger.blocks().get(0), START + 1, List.of(ledger.transfer(ALICE, BOB, 1, 1)));

    assertThat(client.verify(honest)).isInstanceOf(Verified.class);
    assertRefused(ledger.finality(forked), Refusal.FORK);

    assertThat(client.isFrozen()).isTrue();
    assertRefused(honest, Refusal.FROZEN);
    assertThat(client.verify(prove(BOBS_GOLD))).isEqualTo(new Refused<>(Refusal.FROZEN));
  }

  @Test
  void trustsOnlyTheLedgerThatItWasGiven() {
    ledger.run(START + 1);
    var stranger =
        new LightClient(
            new LedgerId(Bytes.fromHex("11".repeat(32))),
            TestLedger.validators(),
            TestKeys.VERIFIER);

    assertThat(stranger.verify(ledger.finality(ledger.blocks().get(1))))
        .isEqualTo(new Refused<>(Refusal.WRONG_LEDGER));
  }

  @Test
  void findsAProofThroughALaterBlockWhenSeveralBecameFinalTogether() {
    var first = ledger.next(START + 1, List.of());
    var second = ledger.child(first, START + 2, List.of());
    var proof = ledger.finality(second);
    ledger.store.commit(ledger.executor.execute(OrderedBlock.inline(first), proof).writes());
    ledger.store.commit(ledger.executor.execute(OrderedBlock.inline(second), proof).writes());

    var ofFirst = ledger.reader().finalityProof(Height.of(1)).orElseThrow();

    assertThat(ofFirst.chain()).containsExactly(first.header(), second.header());
    assertThat(client.verify(ofFirst)).isEqualTo(new Verified<>(first.header()));
  }

  private LightClient newClient() {
    return LightClient.of(ledger.genesis, TestKeys.VERIFIER);
  }

  private StateProof prove(StateKey key) {
    return ledger.reader().prove(key).orElseThrow();
  }

  private static FinalityProof proof(Block block, dev.sampo.core.vote.Certificate finalization) {
    return new FinalityProof(List.of(block.header()), finalization);
  }

  private void assertRefused(FinalityProof proof, Refusal reason) {
    assertThat(client.verify(proof)).isEqualTo(new Refused<>(reason));
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    var copy = bytes.toByteArray();
    copy[bit / 8] ^= (byte) (0x80 >>> bit % 8);
    return Bytes.owning(copy);
  }
}
