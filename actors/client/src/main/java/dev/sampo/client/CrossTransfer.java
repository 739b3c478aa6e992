package dev.sampo.client;

import dev.sampo.client.v1.PacketStatus;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * An amount or an account on its way to another ledger, followed at both as one thing. Its id is
 * that of the transaction that sent it, whose receipt is all that is needed to follow it again.
 * What nodes say of packets is believed as it is. Immutable and thread-safe.
 */
public final class CrossTransfer {

  /** How far it has come. */
  public sealed interface Stage {

    /** It has left the source, and has not arrived as far as is known. */
    record Sent() implements Stage {}

    /** It is in the account at the destination; the source does not know yet. */
    record Received() implements Stage {}

    /** As {@link Received}, and the source knows. Final. */
    record Done() implements Stage {}

    /**
     * It is back in the account that it came from. Final.
     *
     * @param code why: PACKET_TIMED_OUT, or that of the destination
     */
    record Refunded(String code) implements Stage {}

    /** Whether it can never change any more. */
    default boolean isFinal() {
      return switch (this) {
        case Sent _, Received _ -> false;
        case Done _, Refunded _ -> true;
      };
    }
  }

  private static final Duration POLL = Duration.ofMillis(250);
  private static final String SENT = "packet_sent";
  private static final String MOVING = "account_moving";
  private static final String TIMED_OUT = "PACKET_TIMED_OUT";

  private final TransactionId id;
  private final Packet packet;
  private final boolean movesAccount;

  /** {@code timeoutMillis}: in time of the destination. */
  private record Packet(
      ChannelId channel, long sequence, LedgerId destination, long timeoutMillis) {}

  private CrossTransfer(TransactionId id, Packet packet, boolean movesAccount) {
    this.id = id;
    this.packet = packet;
    this.movesAccount = movesAccount;
  }

  /** What a transaction has sent; nothing if it sent nothing to another ledger. */
  public static Optional<CrossTransfer> of(Receipt receipt) {
    boolean moves = receipt.events().stream().anyMatch(event -> event.type().equals(MOVING));
    return receipt.events().stream()
        .filter(event -> event.type().equals(SENT))
        .findFirst()
        .map(event -> new CrossTransfer(receipt.id(), packetOf(event), moves));
  }

  private static Packet packetOf(Event sent) {
    try {
      return new Packet(
          new ChannelId(sent.attribute("channel")),
          Long.parseLong(sent.attribute("sequence")),
          LedgerId.fromHex(sent.attribute("destination")),
          Long.parseLong(sent.attribute("timeout")));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("the receipt does not tell what it sent", malformed);
    }
  }

  public TransactionId id() {
    return id;
  }

  /** Whether it is a whole account; an amount otherwise. */
  public boolean movesAccount() {
    return movesAccount;
  }

  /** By which it left, as the source calls it. */
  public ChannelId channel() {
    return packet.channel;
  }

  /** Its number on that channel. */
  public long sequence() {
    return packet.sequence;
  }

  public LedgerId destination() {
    return packet.destination;
  }

  /** How far it has come now; asks a node of each ledger. */
  public CompletableFuture<Stage> stageAsync(SampoClient source, SampoClient destination) {
    return source
        .packetAsync(packet.channel, packet.sequence)
        .thenCompose(
            here ->
                destination
                    .packetAsync(new ChannelId(here.getPeerChannel()), packet.sequence)
                    .thenApply(there -> stage(here, there)));
  }

  private Stage stage(PacketStatus here, PacketStatus there) {
    boolean hasArrived = there.getCode().equals(Receipt.OK);
    if (!here.getSettled()) {
      return hasArrived ? new Stage.Received() : new Stage.Sent();
    }
    if (hasArrived) {
      return new Stage.Done();
    }
    if (!there.getCode().isEmpty()) {
      return new Stage.Refunded(there.getCode());
    }
    // A node that is behind may not have received yet what is settled at the source.
    return there.getBlockTimeMs() < packet.timeoutMillis
        ? new Stage.Sent()
        : new Stage.Refunded(TIMED_OUT);
  }

  /**
   * Asks until the stage is final, but not longer than {@code atMost}; then as it is. {@code
   * listener} hears each change, on a thread that it must not block. Fails with {@link
   * SampoException} if a ledger cannot be asked.
   */
  public CompletableFuture<Stage> followAsync(
      SampoClient source, SampoClient destination, Duration atMost, Consumer<Stage> listener) {
    long deadline = System.nanoTime() + atMost.toNanos();
    return follow(() -> stageAsync(source, destination), deadline, Optional.empty(), listener);
  }

  /** As above; returns when that is over. */
  public Stage follow(
      SampoClient source, SampoClient destination, Duration atMost, Consumer<Stage> listener) {
    try {
      return followAsync(source, destination, atMost, listener).join();
    } catch (CompletionException failed) {
      throw SampoException.in(failed);
    }
  }

  /** Asks both ledgers once. */
  @FunctionalInterface
  private interface Question {
    CompletableFuture<Stage> ask();
  }

  private static CompletableFuture<Stage> follow(
      Question question, long deadline, Optional<Stage> before, Consumer<Stage> listener) {
    return question
        .ask()
        .thenCompose(
            stage -> {
              if (!before.equals(Optional.of(stage))) {
                listener.accept(stage);
              }
              boolean isOver = stage.isFinal() || deadline - System.nanoTime() < POLL.toNanos();
              return isOver
                  ? CompletableFuture.completedFuture(stage)
                  : Calls.after(POLL)
                      .thenCompose(_ -> follow(question, deadline, Optional.of(stage), listener));
            });
  }
}
