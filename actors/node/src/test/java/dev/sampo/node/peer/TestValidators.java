package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.node.system.FreePorts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** The keys and loopback addresses of a few validators. */
final class TestValidators {

  static final LedgerId LEDGER = ledger(7);

  private record Key(Bytes seed, PublicKey publicKey) {}

  private final List<Key> keys = new ArrayList<>();
  private final ValidatorSet set;
  private final SortedMap<ValidatorIndex, PeerAddress> addresses = new TreeMap<>();

  /** As many validators, on ports that were free a moment ago. */
  TestValidators(int size) {
    for (int i = 0; i < size; i++) {
      keys.add(key(i + 1));
    }
    keys.sort((a, b) -> a.publicKey().compareTo(b.publicKey()));
    set = new ValidatorSet(keys.stream().map(Key::publicKey).toList());
    var ports = FreePorts.any(size);
    for (var index : set.indices()) {
      addresses.put(index, new PeerAddress("127.0.0.1", ports.get(index.number())));
    }
  }

  private static Key key(int number) {
    var seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    var publicKey = new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    return new Key(Bytes.copyOf(seed), new PublicKey(Bytes.copyOf(publicKey)));
  }

  static LedgerId ledger(int number) {
    var id = new byte[LedgerId.LENGTH];
    Arrays.fill(id, (byte) number);
    return new LedgerId(Bytes.copyOf(id));
  }

  /** The identity of one whose key is in no validator set but its own. */
  static PeerTls stranger() {
    var key = key(99);
    return PeerTls.of(key.seed(), key.publicKey());
  }

  PeerTls tls(int index) {
    var key = keys.get(index);
    return PeerTls.of(key.seed(), key.publicKey());
  }

  PeerIdentity identity(int index) {
    return new PeerIdentity(LEDGER, set, ValidatorIndex.of(index), tls(index));
  }

  PublicKey publicKey(int index) {
    return keys.get(index).publicKey();
  }

  Bytes seed(int index) {
    return keys.get(index).seed();
  }

  /** Gives the host of one of them a name, which others look up. */
  void name(int index, String host) {
    addresses.put(ValidatorIndex.of(index), new PeerAddress(host, port(index)));
  }

  int port(int index) {
    return addresses.get(ValidatorIndex.of(index)).port();
  }

  SortedMap<ValidatorIndex, List<PeerAddress>> addressesOfPeersOf(int index) {
    var peers = new TreeMap<ValidatorIndex, List<PeerAddress>>();
    addresses.forEach((peer, address) -> peers.put(peer, List.of(address)));
    peers.remove(ValidatorIndex.of(index));
    return peers;
  }
}
