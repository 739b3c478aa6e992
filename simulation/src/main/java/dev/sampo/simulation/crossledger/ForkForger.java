package dev.sampo.simulation.crossledger;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whoever has the keys of all validators of a ledger, and with them tells its peers a second
 * history. The ledger itself goes on as if nothing were.
 */
final class ForkForger {

  private static final AccountId SELF = Accounts.RELAYERS.getLast();

  private final Ledger forked;
  private final List<Ledger> peers;
  private final Duration when;
  private final SplittableRandom random;
  private boolean isDone;

  ForkForger(Ledger forked, List<Ledger> peers, Duration when, SplittableRandom random) {
    this.forked = forked;
    this.peers = List.copyOf(peers);
    this.when = when;
    this.random = random;
  }

  void act(Duration now) {
    if (isDone || now.compareTo(when) < 0) {
      return;
    }
    forked
        .find(Proven::newest)
        .ifPresent(
            genuine -> {
              isDone = true;
              var forged = forged(genuine);
              peers.forEach(peer -> tell(peer, genuine, forged));
            });
  }

  /** Both to each peer: as two anchors, in either order, or as a report. */
  private void tell(Ledger peer, UpdateClient genuine, UpdateClient forged) {
    switch (random.nextInt(3)) {
      case 0 -> peer.smuggle(SELF, genuine, _ -> peer.smuggle(SELF, forged, _ -> {}));
      case 1 -> peer.smuggle(SELF, forged, _ -> peer.smuggle(SELF, genuine, _ -> {}));
      default -> peer.smuggle(SELF, new ReportFork(genuine.finality(), forged.finality()), _ -> {});
    }
  }

  private UpdateClient forged(UpdateClient genuine) {
    var header = later(genuine.finality().target());
    var hash = header.computeHash();
    var finality =
        new FinalityProof(
            List.of(header), signed(new Statement.Finalize(Epoch.ZERO, header.view(), hash)));
    var root = root(hash);
    var state = signed(new Statement.StateAttest(Epoch.ZERO, header.height(), hash, root, root));
    return new UpdateClient(finality, state);
  }

  private static Hash root(Hash of) {
    return Sha256.hash(of.value());
  }

  private static BlockHeader later(BlockHeader header) {
    return new BlockHeader(
        header.version(),
        header.ledger(),
        header.position(),
        header.time().plusMillis(1),
        header.proposer(),
        header.type(),
        header.content());
  }

  private Certificate signed(Statement statement) {
    var votes =
        forked.world().genesis().validators().indices().stream()
            .map(
                index ->
                    new Vote(
                        statement,
                        index,
                        forked
                            .visitor()
                            .signer(index.number())
                            .sign(statement.digest(forked.id()))))
            .toList();
    return Certificate.of(statement, votes);
  }
}
