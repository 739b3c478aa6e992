package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.client.CrossTransfer.Stage;
import dev.sampo.client.v1.PacketStatus;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An amount on its way, and what nodes of both ledgers say of it. */
@Timeout(30)
final class CrossTransferTest {

  private static final LedgerId HERE = LedgerId.fromHex("ab".repeat(32));
  private static final LedgerId THERE = LedgerId.fromHex("cd".repeat(32));
  private static final long TIMEOUT = 1_000;

  private final LedgerNode source = new LedgerNode(HERE);
  private final LedgerNode destination = new LedgerNode(THERE);
  private final SampoClient here = client(source, HERE);
  private final SampoClient there = client(destination, THERE);
  private final CrossTransfer transfer = CrossTransfer.of(receipt(sent())).orElseThrow();

  private static SampoClient client(LedgerNode node, LedgerId ledger) {
    return SampoClient.connect(
        ClientSettings.of(new TrustAnchor.Pinned(ledger), "http://" + node.address()));
  }

  private static Event sent() {
    return Event.of(
        "packet_sent",
        "channel",
        "there",
        "sequence",
        "7",
        "source",
        HERE.hex(),
        "destination",
        THERE.hex(),
        "timeout",
        Long.toString(TIMEOUT));
  }

  private static Receipt receipt(Event... events) {
    return new Receipt(
        TransactionId.fromHex("01".repeat(32)),
        Height.of(3),
        0,
        Receipt.OK,
        List.of(events),
        Hash.ZERO);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    source.close();
    destination.close();
  }

  private void say(boolean settled, String code, long destinationTime) {
    source.packet =
        PacketStatus.newBuilder()
            .setPeerChannel("here")
            .setPending(!settled)
            .setSettled(settled)
            .build();
    destination.packet =
        PacketStatus.newBuilder().setCode(code).setBlockTimeMs(destinationTime).build();
  }

  private Stage stage() {
    return transfer.stageAsync(here, there).join();
  }

  @Test
  void isWhatItsReceiptSays() {
    assertThat(transfer.channel()).isEqualTo(new ChannelId("there"));
    assertThat(transfer.sequence()).isEqualTo(7);
    assertThat(transfer.destination()).isEqualTo(THERE);
    assertThat(CrossTransfer.of(receipt())).isEmpty();
  }

  @Test
  void goesFromSentToDone() {
    say(false, "", 0);
    assertThat(stage()).isEqualTo(new Stage.Sent());
    say(false, "OK", 0);
    assertThat(stage()).isEqualTo(new Stage.Received());
    say(true, "OK", 0);
    assertThat(stage()).isEqualTo(new Stage.Done());
  }

  @Test
  void isRefundedWithTheCodeOfTheDestination() {
    say(false, "UNKNOWN_ACCOUNT", 0);
    assertThat(stage()).isEqualTo(new Stage.Sent());
    say(true, "UNKNOWN_ACCOUNT", 0);
    assertThat(stage()).isEqualTo(new Stage.Refunded("UNKNOWN_ACCOUNT"));
  }

  /** What a node that is behind does not know is not taken for a refund. */
  @Test
  void isRefundedByTimeOnlyOnceTheDestinationHasPassedIt() {
    say(true, "", TIMEOUT - 1);
    assertThat(stage()).isEqualTo(new Stage.Sent());
    say(true, "", TIMEOUT);
    assertThat(stage()).isEqualTo(new Stage.Refunded("PACKET_TIMED_OUT"));
  }

  @Test
  void tellsEachStageOnceAndStopsInTime() {
    say(false, "OK", 0);
    var heard = new ArrayList<Stage>();

    var last = transfer.follow(here, there, Duration.ofMillis(600), heard::add);

    assertThat(last).isEqualTo(new Stage.Received());
    assertThat(heard).containsExactly(new Stage.Received());
  }
}
