package dev.sampo.core.packet;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.light.ProofVerifier;
import dev.sampo.core.light.Verdict;
import dev.sampo.core.packet.PacketOperation.ReportFork;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.vote.FinalityProof;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The light clients in a ledger's state: one for each peer (LC1 to LC3, LC6, T8, T10). */
final class Clients {

  /** How many anchors of each peer are kept, the highest ones. */
  static final int ANCHORS_MAX = 256;

  private final SignatureVerifier verifier;

  Clients(SignatureVerifier verifier) {
    this.verifier = verifier;
  }

  /** Why nothing that is proven of the peer counts now (T8, T10); nothing if it does. */
  static Optional<PacketError> faultOf(StateReader state, LedgerId peer, LedgerTime now) {
    return PacketState.client(state, peer)
        .map(client -> faultOf(client, now))
        .orElse(Optional.of(PacketError.UNKNOWN_CLIENT));
  }

  private static Optional<PacketError> faultOf(PeerClient client, LedgerTime now) {
    if (client.frozen()) {
      return Optional.of(PacketError.CLIENT_FROZEN);
    }
    return client.isExpired(now) ? Optional.of(PacketError.CLIENT_EXPIRED) : Optional.empty();
  }

  Outcome connect(Action.ConnectClient connect, BlockContext block, State state) {
    var peer = connect.peer();
    if (PacketState.client(state, peer).isPresent()) {
      return PacketError.CLIENT_EXISTS.failed();
    }
    if (peer.equals(block.ledger())) {
      return PacketError.INVALID_ACTION.failed();
    }
    PacketState.putClient(
        state,
        peer,
        new PeerClient(
            connect.validators(),
            connect.trustingPeriod(),
            Height.ZERO,
            new PeerClient.Newest(Height.ZERO, block.time()),
            0,
            false));
    return Outcome.ok(Event.of("client_connected", "peer", peer.hex()));
  }

  /** Stores an anchor, or freezes the client if the proof contradicts one that is stored. */
  Outcome update(UpdateClient update, BlockContext block, State state) {
    var peer = update.finality().target().ledger();
    var fault = faultOf(state, peer, block.time());
    if (fault.isPresent()) {
      return fault.get().failed();
    }
    var client = PacketState.client(state, peer).orElseThrow();
    var proven = ProofVerifier.inChain(update.finality(), update.state());
    if (proven.isEmpty()) {
      return PacketError.PEER_PROOF_REFUSED.failed();
    }
    var anchor = Anchor.of(proven.get());
    var stored = PacketState.anchor(state, peer, anchor.height());
    boolean contradicts =
        stored.filter(known -> !known.equals(anchor)).isPresent()
            || contradicts(update.finality(), counts(client, block.time()), peer, state);
    if (!contradicts && stored.isPresent()) {
      // T3: known already, at no cost.
      return Outcome.ok(event("client_unchanged", peer, anchor.height()));
    }
    fault =
        faultOfAge(anchor, client, block.time(), state, peer)
            .or(() -> faultOfEpoch(update.finality()))
            .or(() -> faultOfProof(update, peer, client));
    if (fault.isPresent()) {
      return fault.get().failed();
    }
    return contradicts ? freeze(peer, client, state) : store(anchor, peer, client, state);
  }

  /** Freezes the client of a peer of which two histories are final (LC6). */
  Outcome report(ReportFork report, BlockContext block, State state) {
    var peer = report.first().target().ledger();
    var fault = faultOf(state, peer, block.time());
    if (fault.isPresent()) {
      return fault.get().failed();
    }
    var client = PacketState.client(state, peer).orElseThrow();
    if (!conflict(report, counts(client, block.time()))) {
      return PacketError.NO_FORK.failed();
    }
    fault = faultOfEpoch(report.first()).or(() -> faultOfEpoch(report.second()));
    if (fault.isPresent()) {
      return fault.get().failed();
    }
    var proofs = new ProofVerifier(peer, client.validators(), verifier);
    boolean proven =
        proofs.faultOf(report.first()).isEmpty() && proofs.faultOf(report.second()).isEmpty();
    return proven ? freeze(peer, client, state) : PacketError.PEER_PROOF_REFUSED.failed();
  }

  Outcome resolve(Action.ResolveClient resolve, BlockContext block, State state) {
    var peer = resolve.peer();
    var client = PacketState.client(state, peer);
    if (client.isEmpty()) {
      return PacketError.UNKNOWN_CLIENT.failed();
    }
    if (client.get().isTooOld(resolve.anchor().time(), block.time())) {
      return PacketError.PROOF_TOO_OLD.failed();
    }
    PacketState.anchors(state, peer)
        .forEach(anchor -> state.delete(PacketKeys.anchor(peer, anchor.height())));
    PacketState.putAnchor(state, peer, resolve.anchor());
    PacketState.putClient(state, peer, client.get().resolvedTo(resolve.anchor()));
    return Outcome.ok(event("client_resolved", peer, resolve.anchor().height()));
  }

  private static Outcome store(Anchor anchor, LedgerId peer, PeerClient client, State state) {
    if (!client.hasRoom()) {
      state.delete(PacketKeys.anchor(peer, PacketState.lowestAnchor(state, peer).height()));
    }
    PacketState.putAnchor(state, peer, anchor);
    PacketState.putClient(state, peer, client.withAnchor(anchor));
    return Outcome.ok(event("client_updated", peer, anchor.height()));
  }

  /** T8: nothing is deleted. The proofs stay in the ledger, as part of this transaction. */
  private static Outcome freeze(LedgerId peer, PeerClient client, State state) {
    PacketState.putClient(state, peer, client.afterFork());
    return Outcome.ok(Event.of("client_frozen", "peer", peer.hex()));
  }

  private Optional<PacketError> faultOfProof(
      UpdateClient update, LedgerId peer, PeerClient client) {
    var proofs = new ProofVerifier(peer, client.validators(), verifier);
    boolean holds =
        proofs.faultOf(update.finality()).isEmpty()
            && proofs.certified(update.finality(), update.state()) instanceof Verdict.Verified;
    return holds ? Optional.empty() : Optional.of(PacketError.PEER_PROOF_REFUSED);
  }

  /** Only the first epoch's validators are known, and nothing leads from them to later ones yet. */
  private static Optional<PacketError> faultOfEpoch(FinalityProof proof) {
    return proof.target().epoch().equals(Epoch.ZERO)
        ? Optional.empty()
        : Optional.of(PacketError.UNSUPPORTED_EPOCH);
  }

  private static Optional<PacketError> faultOfAge(
      Anchor anchor, PeerClient client, LedgerTime now, StateReader state, LedgerId peer) {
    boolean precedesAll =
        !client.hasRoom()
            && anchor.height().isBefore(PacketState.lowestAnchor(state, peer).height());
    return precedesAll
            || client.isTooOld(anchor.time(), now)
            || !anchor.height().isAfter(client.decided())
        ? Optional.of(PacketError.PROOF_TOO_OLD)
        : Optional.empty();
  }

  /** T10: what is held against a peer is recent, and not settled by governance. */
  private static Predicate<BlockHeader> counts(PeerClient client, LedgerTime now) {
    return header ->
        header.type() != BlockType.EPOCH_TAIL
            && header.height().isAfter(client.decided())
            && !client.isTooOld(header.time(), now);
  }

  private static boolean contradicts(
      FinalityProof proof, Predicate<BlockHeader> counts, LedgerId peer, StateReader state) {
    return proof.chain().stream()
        .filter(counts)
        .anyMatch(
            header ->
                PacketState.anchor(state, peer, header.height())
                    .filter(known -> !known.header().equals(header.computeHash()))
                    .isPresent());
  }

  private static boolean conflict(ReportFork report, Predicate<BlockHeader> counts) {
    var first = new TreeMap<Height, Hash>();
    report.first().chain().stream()
        .filter(counts)
        .forEach(header -> first.put(header.height(), header.computeHash()));
    return report.second().chain().stream()
        .filter(counts)
        .filter(header -> header.ledger().equals(report.first().target().ledger()))
        .anyMatch(
            header -> {
              var other = first.get(header.height());
              return other != null && !other.equals(header.computeHash());
            });
  }

  private static Event event(String type, LedgerId peer, Height height) {
    return Event.of(type, "peer", peer.hex(), "height", height.toString());
  }
}
