package dev.sampo.core.consensus.simplex;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.simplex.ParentRule.Parent;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.types.Signature;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that a leader sends with its block, so that every voter can check it (P4, W7).
 */
final class Justification {

  /** Up to this size a certificate of the parent costs little beside the block itself (P4). */
  private static final int SMALL_COMMITTEE = 31;

  /** More than this goes ahead of the proposal, in messages of at most this size. */
  private static final int BYTES_MAX = 64 * 1024;

  private final Replica replica;

  Justification(Replica replica) {
    this.replica = replica;
  }

  /** All certificates, in chunks; the last chunk travels inside the proposal. */
  List<List<Certificate>> of(Block block, Parent parent) {
    var chunks = new ArrayList<List<Certificate>>();
    var chunk = new ArrayList<Certificate>();
    int bytes = 0;
    for (var certificate : needed(block, parent)) {
      int size = sizeOf(certificate);
      boolean isFull =
          bytes + size > BYTES_MAX || chunk.size() == PeerMessageCodec.CERTIFICATES_MAX;
      if (isFull && !chunk.isEmpty()) {
        chunks.add(List.copyOf(chunk));
        chunk.clear();
        bytes = 0;
      }
      chunk.add(certificate);
      bytes += size;
    }
    chunks.add(List.copyOf(chunk));
    return chunks;
  }

  void send(Proposal proposal, List<List<Certificate>> chunks) {
    var recipients = replica.peers.indices();
    for (var chunk : chunks.subList(0, chunks.size() - 1)) {
      replica.outbox.sendSigned(recipients, new Certificates(chunk, List.of()));
    }
    replica.outbox.sendSigned(recipients, proposal);
  }

  /** Bytes that the certificate takes in a message, a little rounded up. */
  static int sizeOf(Certificate certificate) {
    return 128 + (Signature.LENGTH + 1) * certificate.votes().size();
  }

  private List<Certificate> needed(Block block, Parent parent) {
    var needed = new ArrayList<>(parent.gap());
    boolean adjacent = parent.gap().isEmpty();
    parent
        .proof()
        .filter(
            proof ->
                !adjacent
                    || replica.committee.size() <= SMALL_COMMITTEE
                    || proof.statement() instanceof Statement.Finalize)
        .ifPresent(needed::add);
    stateCertificate(block, parent.block()).ifPresent(needed::add);
    return needed;
  }

  private Optional<Certificate> stateCertificate(Block block, Block parent) {
    var content = block.header().content();
    return content.stateHeight().equals(parent.header().content().stateHeight())
        ? Optional.empty()
        : replica.states().find(content.stateCertificate());
  }
}
