package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.packet.TwoLedgers.DAY;
import static dev.sampo.core.packet.TwoLedgers.GOLD;
import static dev.sampo.core.packet.TwoLedgers.LIMITS;
import static dev.sampo.core.packet.TwoLedgers.TO_A;
import static dev.sampo.core.packet.TwoLedgers.TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("T5: a peer whose validators lie takes what is in its escrow, and no more")
class PacketLyingPeerTest {

  /** Its state says whatever anybody wants. */
  private static final class Forger implements Application {

    static Bytes put(Bytes key, Bytes value) {
      return WireWriter.encode(out -> out.bytes(key).bytes(value));
    }

    @Override
    public String name() {
      return "forger";
    }

    @Override
    public boolean authorises(AccountId sender, PublicKey key, StateReader state) {
      return true;
    }

    @Override
    public Outcome apply(OrderedTransaction transaction, State state) {
      try {
        WireReader.decode(
            transaction.payload(),
            in -> {
              state.put(in.bytes(State.KEY_LENGTH_MAX), in.bytes(State.VALUE_LENGTH_MAX));
              return true;
            });
        return Outcome.ok();
      } catch (Malformed malformed) {
        return Outcome.failed("MALFORMED");
      }
    }
  }

  private final Side a = Side.ofAssets("0a", GOLD);
  private final Side liar = Side.of("0f", new Forger(), Bytes.EMPTY);
  private int sequence;

  PacketLyingPeerTest() {
    TwoLedgers.follow(a, liar);
    assertThat(a.decide(new Action.OpenChannel(TO_B, liar.id(), TO_A, LIMITS))).isEqualTo("OK");
  }

  private String send(long amount) {
    return a.submit(
        ALICE, Assets.sendAcross(TO_B, GOLD, CAROL, amount, liar.in(TwoLedgers.MINUTE)));
  }

  /** What becomes of a packet that the liar says it has sent. */
  private String forged(Bytes content) {
    return forged(TO_B, content);
  }

  private void proves(StateKey key, Bytes value) {
    assertThat(liar.submit(ALICE, Forger.put(key.name(), value))).isEqualTo("OK");
    assertThat(a.submit(liar.update())).isEqualTo("OK");
  }

  private static Bytes crossing(String asset, long amount, AccountId to) {
    return WireWriter.encode(out -> out.text(asset).u64(amount).text("mallory").text(to.name()));
  }

  @Test
  void unlocksNoMoreThanWasLocked() {
    assertThat(send(100)).isEqualTo("OK");
    assertThat(forged(crossing("to-a:gold", 101, BOB))).isEqualTo("ESCROW_SHORT");
    assertThat(forged(crossing("to-a:gold", 100, BOB))).isEqualTo("OK");
    assertThat(forged(crossing("to-a:gold", 1, BOB))).isEqualTo("ESCROW_SHORT");
    assertThat(a.balance(GOLD, BOB)).isEqualTo(600);
    assertThat(Assets.sumOfBalances(a.state(), GOLD)).isEqualTo(1_500);
  }

  @Test
  @DisplayName("T4: a refund for which nothing is left is refused, and may come later")
  void refundsNothingThatIsNotThere() {
    assertThat(send(100)).isEqualTo("OK");
    var packet = a.lastSent(TO_B);
    assertThat(forged(crossing("to-a:gold", 100, BOB))).isEqualTo("OK");
    var error = new Acknowledgement("NOT_WANTED");
    proves(packet.acknowledgementKey(), error.encoded());
    var proof = liar.prove(packet.acknowledgementKey());

    assertThat(a.submit(new AcknowledgePacket(packet, error, proof))).isEqualTo("ESCROW_SHORT");
    assertThat(PacketState.pending(a.state(), TO_B, 1)).contains(packet);
    assertThat(send(100)).isEqualTo("OK");
    assertThat(a.submit(new AcknowledgePacket(packet, error, proof))).isEqualTo("OK");
    assertThat(a.balance(GOLD, ALICE)).isEqualTo(900);
    assertThat(Assets.sumOfBalances(a.state(), GOLD)).isEqualTo(1_500);
  }

  @Test
  @DisplayName("T11: of a bundle, the part that fails is undone, and what else there is stands")
  void undoesOnlyThePartThatFails() {
    assertThat(send(100)).isEqualTo("OK");
    var refused = a.lastSent(TO_B);
    assertThat(forged(crossing("to-a:gold", 100, BOB))).isEqualTo("OK");
    assertThat(send(1)).isEqualTo("OK");
    var arrived = a.lastSent(TO_B);
    var error = new Acknowledgement("NOT_WANTED");
    proves(refused.acknowledgementKey(), error.encoded());
    proves(arrived.acknowledgementKey(), Acknowledgement.OK.encoded());

    var bundle =
        new Bundle(
            Optional.empty(),
            List.of(
                new AcknowledgePacket(refused, error, liar.prove(refused.acknowledgementKey())),
                new AcknowledgePacket(
                    arrived, Acknowledgement.OK, liar.prove(arrived.acknowledgementKey()))));
    assertThat(a.submit(bundle)).isEqualTo("OK");

    assertThat(a.events()).containsExactly("operation_failed", "packet_acknowledged");
    assertThat(PacketState.pendingFrom(a.state(), TO_B, 1, 10)).containsExactly(refused);
    assertThat(Assets.sumOfBalances(a.state(), GOLD)).isEqualTo(1_500);
  }

  @Test
  void answersWhatMakesNoSense() {
    assertThat(forged(Bytes.EMPTY)).isEqualTo("MALFORMED_PACKET");
    assertThat(forged(Bytes.fromHex("ff".repeat(Packet.CONTENT_LENGTH_MAX))))
        .isEqualTo("MALFORMED_PACKET");
    assertThat(forged(crossing("tin", 0, BOB))).isEqualTo("MALFORMED_PACKET");
    assertThat(forged(crossing("Tin", 1, BOB))).isEqualTo("MALFORMED_PACKET");
    assertThat(forged(crossing("to-a:tin", 1, BOB))).isEqualTo("UNKNOWN_ASSET");
    assertThat(forged(crossing("tin", 1, new AccountId("nobody")))).isEqualTo("UNKNOWN_ACCOUNT");
    assertThat(forged(crossing("a:b:c:d:tin", 1, BOB))).isEqualTo("VOUCHER_PATH_TOO_LONG");
  }

  @Test
  void mintsNoMoreThanASupplyMayBe() {
    var tin = new AssetId("to-b:tin");
    // More than the limit of a window, which counts first.
    var wide = new ChannelLimits(10_000, DAY, 1_000, 100, Long.MAX_VALUE);
    var channel = new ChannelId("wide");
    assertThat(a.decide(new Action.OpenChannel(channel, liar.id(), TO_A, wide))).isEqualTo("OK");
    assertThat(forged(crossing("tin", 1_000_000, BOB))).isEqualTo("OK");
    assertThat(a.balance(tin, BOB)).isEqualTo(1_000_000);

    assertThat(forged(channel, crossing("tin", Long.MAX_VALUE, BOB))).isEqualTo("OK");
    assertThat(forged(channel, crossing("tin", 1, BOB))).isEqualTo("AMOUNT_OVERFLOW");
    assertThat(a.balance(new AssetId("wide:tin"), BOB)).isEqualTo(Long.MAX_VALUE);
  }

  private String forged(ChannelId channel, Bytes content) {
    var packet =
        new Packet(
            new Packet.End(liar.id(), TO_A),
            new Packet.End(a.id(), channel),
            ++sequence,
            LedgerTime.ofMillis(Long.MAX_VALUE),
            Assets.NAME,
            content,
            Packet.VERSION);
    proves(packet.commitmentKey(), packet.encoded());
    assertThat(a.submit(new ReceivePacket(packet, liar.prove(packet.commitmentKey()))))
        .isEqualTo("OK");
    return a.answered(packet).orElseThrow().code();
  }
}
