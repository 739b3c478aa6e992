package dev.sampo.node.peer;

import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.pekko.Done;

/**
 * Gives each frame to the ledger that it names, so that one link carries all of them. Thread-safe.
 *
 * <p>The link to a peer waits for a ledger only where there is no other, and none that may go.
 * Elsewhere each takes up to {@link #UNHANDLED_BYTES_MAX} of each peer ahead of what it has
 * handled; what exceeds that is dropped, so that a ledger that is stuck or flooded does not hold up
 * the others.
 */
public final class LedgerFrames implements FrameRecipient {

  /** The longest frame fits twice. */
  static final int UNHANDLED_BYTES_MAX = 2 * PeerStream.BODIES.frameBytesMax();

  /** Counts what peers sent in vain, here and wherever it is looked at. */
  public static final String REFUSED = "sampo.peer.refused.messages";

  private static final CompletionStage<Done> TAKEN =
      CompletableFuture.completedStage(Done.getInstance());

  /** The name is for metrics. */
  private record Hosted(
      String name, FrameRecipient recipient, Seats seats, AtomicIntegerArray unhandled) {}

  /** Stands for a ledger that is not hosted here; no ledger has this name. */
  private static final String UNKNOWN = "";

  private final Map<LedgerId, Hosted> ledgers = new ConcurrentHashMap<>();
  private final MeterRegistry registry;
  private final boolean ledgersMayGo;

  /** {@code ledgersMayGo}: whether {@link #close} is ever called. */
  public LedgerFrames(MeterRegistry registry, boolean ledgersMayGo) {
    this.registry = registry;
    this.ledgersMayGo = ledgersMayGo;
  }

  /** What a ledger is called here, and who sits where. */
  public record Committee(LedgerId ledger, String name, Seats seats) {}

  /** From now on {@code recipient} gets the ledger's frames, from senders by their seats. */
  public void open(Committee committee, FrameRecipient recipient) {
    var unhandled = new AtomicIntegerArray(ValidatorSet.MAX_SIZE);
    var hosted = new Hosted(committee.name(), recipient, committee.seats(), unhandled);
    if (ledgers.putIfAbsent(committee.ledger(), hosted) != null) {
      throw new IllegalStateException("ledger " + committee.ledger() + " gets its frames already");
    }
  }

  /** From now on frames of the ledger are refused; those that are handled already may go on. */
  public void close(LedgerId ledger) {
    ledgers.remove(ledger);
  }

  @Override
  public CompletionStage<Done> receive(ValidatorIndex sender, PeerStream stream, Bytes frame) {
    var hosted = PeerMessageCodec.ledgerOf(frame).map(ledgers::get);
    if (hosted.isEmpty()) {
      return refused(UNKNOWN, sender, "unknown ledger");
    }
    var seat = hosted.get().seats().seatOf(sender);
    if (seat.isEmpty()) {
      return refused(hosted.get().name(), sender, "not of the committee");
    }
    return ledgers.size() == 1 && !ledgersMayGo
        ? hosted.get().recipient().receive(seat.get(), stream, frame)
        : hand(hosted.get(), seat.get(), stream, frame);
  }

  private CompletionStage<Done> hand(
      Hosted hosted, ValidatorIndex seat, PeerStream stream, Bytes frame) {
    var unhandled = hosted.unhandled();
    if (unhandled.addAndGet(seat.number(), frame.length()) > UNHANDLED_BYTES_MAX) {
      unhandled.addAndGet(seat.number(), -frame.length());
      return refused(hosted.name(), hosted.seats().validatorAt(seat), "ledger is behind");
    }
    var handled =
        hosted
            .recipient()
            .receive(seat, stream, frame)
            .whenComplete((_, _) -> unhandled.addAndGet(seat.number(), -frame.length()))
            .toCompletableFuture();
    // A failure closes the link as it always does, unless it comes after the link has read on.
    return handled.isCompletedExceptionally() ? handled : TAKEN;
  }

  private CompletionStage<Done> refused(String ledger, ValidatorIndex sender, String reason) {
    registry
        .counter(REFUSED, "ledger", ledger, "peer", sender.toString(), "reason", reason)
        .increment();
    return TAKEN;
  }
}
