package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketProof;
import dev.sampo.core.packet.PeerClient;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateProver;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How what one ledger holds is shown to the other in a round: by the newest anchor that is there,
 * or else by a newer one that comes along.
 */
final class ProofWay {

  private final RelayEnd from;
  private final Optional<PeerClient> client;
  private final Optional<Height> anchored;
  private Optional<UpdateClient> newer = Optional.empty();
  private boolean isSearched;

  /** One for each height that is proven from, so that what paths have in common is read once. */
  private final Map<Height, Optional<StateProver>> provers = new TreeMap<>();

  ProofWay(RelayEnd from, RelayEnd to) {
    this.from = from;
    this.client = to.liveClient(from.ledger());
    this.anchored =
        client.map(known -> known.newest().height()).filter(at -> at.isAfter(Height.ZERO));
  }

  /**
   * A proof of one key.
   *
   * @param restsUpon the anchor that has to come along, if it is not there yet
   */
  record Shown(PacketProof proof, Optional<UpdateClient> restsUpon) {}

  /** The light client at the other end, if proofs count by it. */
  Optional<PeerClient> client() {
    return client;
  }

  /** The anchor that would be the newest; looked for once, and only if somebody asks. */
  Optional<UpdateClient> newer() {
    if (!isSearched) {
      isSearched = true;
      newer =
          client
              .flatMap(known -> from.provable().filter(at -> at.isAfter(known.newest().height())))
              .flatMap(from::update);
    }
    return newer;
  }

  /** That the key has this value, or none, at an anchor whose time is as it should be. */
  Optional<Shown> shown(StateKey key, Optional<Bytes> value, Predicate<LedgerTime> time) {
    return client
        .filter(known -> time.test(known.newest().time()))
        .flatMap(_ -> anchored)
        .flatMap(at -> prove(at, key, value))
        .map(proof -> new Shown(proof, Optional.empty()))
        .or(() -> shownByNewer(key, value, time));
  }

  private Optional<Shown> shownByNewer(
      StateKey key, Optional<Bytes> value, Predicate<LedgerTime> time) {
    return newer()
        .filter(update -> time.test(update.finality().target().time()))
        .flatMap(update -> prove(update.finality().target().height(), key, value))
        .map(proof -> new Shown(proof, newer()));
  }

  private Optional<PacketProof> prove(Height at, StateKey key, Optional<Bytes> value) {
    return provers
        .computeIfAbsent(at, from::proverAt)
        .flatMap(prover -> prover.prove(key))
        .filter(proven -> proven.value().equals(value))
        .map(proven -> new PacketProof(at, proven.proof()));
  }
}
