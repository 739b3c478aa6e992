package dev.sampo.testkit.inprocess;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.system.FreePorts;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.ReplicaStores;
import dev.sampo.testkit.ledger.LedgerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the validators of one ledger share: folder, genesis, keys and ports.
 *
 * @param clusterKeys of each organisation
 */
record Grounds(
    Path folder,
    Genesis genesis,
    List<ValidatorKey> keys,
    List<ReplicaStores> stores,
    List<ClusterKeys> clusterKeys,
    Ports ports) {

  /** Loopback ports, each list in the order of the validators' indices. */
  record Ports(List<Integer> api, List<Integer> peer, List<Integer> cluster) {

    static Ports free(int validators) {
      var any = FreePorts.any(3 * validators);
      return new Ports(
          any.subList(0, validators),
          any.subList(validators, 2 * validators),
          any.subList(2 * validators, 3 * validators));
    }
  }

  static Grounds prepare(LedgerPlan plan, Storage storage) throws IOException {
    var folder = Files.createTempDirectory("sampo-test-");
    var keys = ValidatorKey.of(plan.validators(), plan.seed());
    var genesis = genesis(plan, keys);
    var stores = new ArrayList<ReplicaStores>();
    try {
      for (int i = 0; i < plan.validators(); i++) {
        var home = folder.resolve("v" + (i + 1));
        stores.add(storage.init(home, genesis.ledgerId(), keys.get(i).publicKey()));
      }
    } catch (RefusedStart refused) {
      throw new IOException("a replica cannot be made", refused);
    }
    var clusterKeys = new ArrayList<ClusterKeys>();
    for (int i = 0; i < plan.organisations(); i++) {
      clusterKeys.add(ClusterKeys.create(folder.resolve("cluster-tls-" + (i + 1))));
    }
    return new Grounds(
        folder,
        genesis,
        keys,
        List.copyOf(stores),
        List.copyOf(clusterKeys),
        Ports.free(plan.validators()));
  }

  private static Genesis genesis(LedgerPlan plan, List<ValidatorKey> keys) {
    var start = plan.start();
    Bytes nonce =
        Sha256.hash(WireWriter.encode(out -> out.text("nonce " + plan.seed())).toByteArray())
            .value();
    return new Genesis(
        nonce,
        "simplex",
        LedgerTime.ofMillis(System.currentTimeMillis()),
        new ValidatorSet(keys.stream().map(ValidatorKey::publicKey).toList()),
        LedgerParameters.DEFAULT,
        plan.application().get().name(),
        start.state().state(start.accounts()));
  }

  void delete() {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot remove " + folder, failed);
    }
  }
}
