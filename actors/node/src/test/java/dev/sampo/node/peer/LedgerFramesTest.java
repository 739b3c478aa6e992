package dev.sampo.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** One link carries the frames of all ledgers, and none of them holds up another. */
class LedgerFramesTest {

  private static final ValidatorIndex PEER = ValidatorIndex.of(2);
  private static final LedgerId FIRST = LedgerId.fromHex("aa".repeat(32));
  private static final LedgerId SECOND = LedgerId.fromHex("bb".repeat(32));
  private static final Seats ALL = seats(0, 1, 2, 3);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LedgerFrames frames = new LedgerFrames(registry, false);

  /** Takes frames, and handles none before it is told to. */
  private static final class Slow implements FrameRecipient {
    private final List<ValidatorIndex> senders = new ArrayList<>();
    private final List<CompletableFuture<Done>> unhandled = new ArrayList<>();

    @Override
    public CompletionStage<Done> receive(ValidatorIndex sender, PeerStream stream, Bytes frame) {
      senders.add(sender);
      var handled = new CompletableFuture<Done>();
      unhandled.add(handled);
      return handled;
    }
  }

  private final Slow first = new Slow();
  private final Slow second = new Slow();

  @Test
  void theOnlyLedgerHoldsTheLink() {
    open(FIRST, ALL, first);

    assertThat(isTaken(frame(FIRST, 100))).isFalse();
  }

  @Test
  void aStuckLedgerDoesNotHoldTheLinkOfAnother() {
    open(FIRST, ALL, first);
    open(SECOND, ALL, second);

    assertThat(isTaken(frame(FIRST, 100))).isTrue();
    assertThat(isTaken(frame(SECOND, 100))).isTrue();
    assertThat(second.senders).containsExactly(PEER);
  }

  @Test
  void whatExceedsTheShareOfALedgerIsDroppedUntilItHasCaughtUp() {
    open(FIRST, ALL, first);
    open(SECOND, ALL, second);
    var half = frame(FIRST, LedgerFrames.UNHANDLED_BYTES_MAX / 2);
    isTaken(half);
    isTaken(half);

    assertThat(isTaken(half)).isTrue();

    assertThat(first.senders).hasSize(2);
    assertThat(refusals("a", "ledger is behind")).isEqualTo(1);
    first.unhandled.getFirst().complete(Done.getInstance());
    isTaken(half);
    assertThat(first.senders).hasSize(3);
    isTaken(frame(SECOND, 100));
    assertThat(second.senders).hasSize(1);
  }

  @Test
  void sendersAreKnownByTheirSeats() {
    open(FIRST, seats(1, 2, 3), first);

    isTaken(frame(FIRST, 100));

    assertThat(first.senders).containsExactly(ValidatorIndex.of(1));
  }

  @Test
  void whoIsNotOfTheCommitteeIsNotHeard() {
    open(FIRST, seats(0, 1, 3), first);

    assertThat(isTaken(frame(FIRST, 100))).isTrue();

    assertThat(first.senders).isEmpty();
    assertThat(refusals("a", "not of the committee")).isEqualTo(1);
  }

  @Test
  void framesOfUnknownLedgersAreCountedAndDropped() {
    open(FIRST, ALL, first);

    assertThat(isTaken(frame(SECOND, 100))).isTrue();
    assertThat(isTaken(Bytes.EMPTY)).isTrue();
    assertThat(isTaken(frame(FIRST, 32).slice(0, 31))).isTrue();

    assertThat(first.senders).isEmpty();
    assertThat(refusals("", "unknown ledger")).isEqualTo(3);
  }

  private void open(LedgerId ledger, Seats seats, FrameRecipient recipient) {
    var name = ledger.hex().substring(0, 1);
    frames.open(new LedgerFrames.Committee(ledger, name, seats), recipient);
  }

  private boolean isTaken(Bytes frame) {
    return frames.receive(PEER, PeerStream.BODIES, frame).toCompletableFuture().isDone();
  }

  private double refusals(String ledger, String reason) {
    return registry
        .get(LedgerFrames.REFUSED)
        .tags("ledger", ledger, "reason", reason)
        .counter()
        .count();
  }

  private static Bytes frame(LedgerId ledger, int length) {
    var bytes = new byte[length];
    ledger.value().copyTo(bytes, 0);
    return Bytes.owning(bytes);
  }

  private static Seats seats(int... validators) {
    return new Seats(java.util.Arrays.stream(validators).mapToObj(ValidatorIndex::of).toList());
  }
}
