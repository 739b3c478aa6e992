package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers requests, and peers that seem to be late, within limits per peer (C4, S3, SY1). */
final class Answers {

  private static final int HEADER_BYTES = 300;
  private static final int BLOCK_OVERHEAD = 8192;
  private static final int CERTIFICATES_MAX = 32;
  private static final int ECHO_MAX = 64;
  private static final long STATUS_INTERVAL = Duration.ofSeconds(1).toNanos();

  private final Replica replica;
  private final RecoveryAnswers recoveries;

  Answers(Replica replica) {
    this.replica = replica;
    this.recoveries = new RecoveryAnswers(replica);
  }

  /** What peers are told that lost their records. */
  RecoveryAnswers recoveries() {
    return recoveries;
  }

  /**
   * C4: a peer that is late, and was so for longer than messages travel, gets what it lacks. It may
   * be in a later view than the last one it was seen in, then it gets too much.
   */
  void late(Peer peer) {
    var spokenIn = peer.view();
    long push = replica.pacemaker.latency().push();
    boolean lacksFinal = peer.lag(replica.finalView(), replica.nanos()) > push;
    boolean lacksView = replica.nanos() - leftAt(spokenIn) > push;
    if (lacksFinal || (lacksView && spokenIn.isAfter(replica.finalView()))) {
      help(peer, spokenIn);
    }
  }

  /** S3: where this validator stands, with the recipient's own newest votes for its comparison. */
  void sendStatus(Peer peer) {
    peer.statusSent(replica.nanos());
    send(
        peer,
        new Status(
            replica.epoch(),
            replica.view(),
            replica.finalView(),
            replica.chain.delivered().height(),
            echo(peer)));
  }

  void status(Peer peer, Status status) {
    if (status.view().isBefore(replica.view())) {
      help(peer, status.view());
    }
    if (peer.mayAnswerStatus(replica.nanos(), STATUS_INTERVAL)) {
      sendStatus(peer);
    }
  }

  /** SY1: certificates of the views asked for, the finalization, and headers that hang on it. */
  void request(Peer peer, CertificateRequest request) {
    if (!request.epoch().equals(replica.epoch())) {
      return;
    }
    var certificates = certificates(request.from(), request.to());
    boolean wantsFinal = !request.from().isAfter(replica.finalView());
    if (wantsFinal || peer.lastFinal().isBefore(replica.finalView())) {
      answer(peer, certificates, replica.chain.finalHeaders(peer.lastFinal()));
    } else {
      answer(peer, certificates, List.of());
    }
  }

  void request(Peer peer, BlockRequest request) {
    replica
        .chain
        .find(request.block())
        .filter(block -> peer.takeAnswer(bytes(block), replica.nanos()))
        .ifPresent(block -> send(peer, new BlockResponse(block)));
  }

  private void help(Peer peer, View spokenIn) {
    if (peer.mayAnswer(replica.nanos(), replica.pacemaker.latency().ewma())) {
      var certificates = certificates(spokenIn, replica.view());
      replica.entry().filter(entry -> !certificates.contains(entry)).ifPresent(certificates::add);
      answer(peer, certificates, List.of());
    }
  }

  private void answer(Peer peer, List<Certificate> certificates, List<BlockHeader> headers) {
    var all = new ArrayList<>(certificates);
    if (peer.lastFinal().isBefore(replica.finalView())) {
      replica.chain.finalization().filter(last -> !all.contains(last)).ifPresent(all::add);
    }
    long bytes =
        all.stream().mapToLong(Justification::sizeOf).sum() + (long) headers.size() * HEADER_BYTES;
    if (!all.isEmpty() && peer.takeAnswer(bytes, replica.nanos())) {
      send(peer, new Certificates(all, headers));
    }
  }

  private List<Certificate> certificates(View from, View to) {
    var found = new ArrayList<Certificate>();
    for (var slot : replica.slots.between(from, to)) {
      if (found.size() < CERTIFICATES_MAX) {
        found.addAll(slot.certificates());
      }
    }
    return found;
  }

  private long leftAt(View view) {
    var left = replica.slots.find(view).flatMap(Slot::leftAt);
    if (left.isPresent()) {
      return left.get();
    }
    return view.isBefore(replica.view()) ? replica.pacemaker.enteredAt() : replica.nanos();
  }

  private List<Vote> echo(Peer peer) {
    var votes = new ArrayList<Vote>();
    for (var slot : replica.slots.all()) {
      votes.addAll(slot.votes().of(peer.index()));
    }
    return votes.reversed().subList(0, Math.min(ECHO_MAX, votes.size()));
  }

  private void send(Peer peer, ConsensusMessage message) {
    replica.outbox.send(List.of(peer.index()), message);
  }

  private static long bytes(Block block) {
    return BLOCK_OVERHEAD
        + block.inline().stream().mapToLong(SignedTransaction::encodedLength).sum();
  }
}
