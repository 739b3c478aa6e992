package dev.sampo.core.packet;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.Approve;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.state.State;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;

/**
 * The packets of one application (protocol 4.1): each is received at most once, refunded at most
 * once, and never both received with success and refunded. All that it knows is in the state, and
 * every input has an outcome.
 */
public final class Packets {

  private final PacketSource source;
  private final PacketDestination destination;
  private final Clients clients;
  private final Governance governance;

  /**
   * @param verifier of what the validators of peers signed; its verdicts are consensus rules (X4)
   */
  public Packets(PacketHandler handler, SignatureVerifier verifier) {
    this.source = new PacketSource(handler);
    this.destination = new PacketDestination(handler);
    this.clients = new Clients(verifier);
    this.governance = new Governance(clients);
  }

  /** Writes who may decide about clients and channels. */
  public static void start(Operators operators, State state) {
    Governance.start(operators, state);
  }

  /**
   * What an application wants to send, having taken it from the sender already.
   *
   * @param timeout in time of the destination (T1)
   */
  public record Sending(ChannelId channel, Bytes content, LedgerTime timeout) {}

  /** Commits to a new packet; if it fails, what the application took must be undone. */
  public Outcome send(Sending sending, BlockContext block, State state) {
    return source.send(sending, block, state);
  }

  /**
   * Whether what a transaction asks would succeed now; nothing of {@code scratch} is kept. Of a
   * bundle no more is tried than that takes, so that a later part may still be its undoing, by more
   * writes than a transaction may make.
   */
  public Outcome check(PacketOperation operation, OrderedTransaction transaction, State scratch) {
    return operation instanceof Bundle bundle
        ? BundleOutcome.tried(bundle, scratch, (part, at) -> apply(part, transaction, at))
        : apply(operation, transaction, scratch);
  }

  /** Carries out what a transaction asks. */
  public Outcome apply(PacketOperation operation, OrderedTransaction transaction, State state) {
    var block = transaction.block();
    return switch (operation) {
      case ReceivePacket receive -> destination.receive(receive, block, state);
      case AcknowledgePacket acknowledge -> source.acknowledge(acknowledge, block, state);
      case TimeoutPacket timeout -> source.timeOut(timeout, block, state);
      case UpdateClient update -> clients.update(update, block, state);
      case ReportFork report -> clients.report(report, block, state);
      case Approve(var proposal) -> governance.approve(proposal, transaction, state);
      case Bundle bundle ->
          BundleOutcome.of(bundle, state, (part, at) -> apply(part, transaction, at));
    };
  }
}
