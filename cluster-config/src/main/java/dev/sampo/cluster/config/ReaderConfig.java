package dev.sampo.cluster.config;

import com.typesafe.config.Config;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.core.types.LedgerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration file of a reader, as written: {@code role = reader}.
 *
 * @param name by which its answers are signed
 * @param dataCentre whose replicas it prefers
 * @param dataDirectory of what it follows; relative paths count from the folder of the file
 * @param genesisFile of the network's first ledger, whose validators it trusts
 * @param ledgerId what the genesis file must hash to; optional
 */
public record ReaderConfig(
    String name,
    String dataCentre,
    Path dataDirectory,
    Path genesisFile,
    Optional<LedgerId> ledgerId,
    Address api,
    ClusterSection cluster) {

  private static final List<String> OF_VALIDATORS = List.of("key-file", "validators", "relay");

  /** Reads {@code file}; throws {@link FaultyConfig} with all faults. */
  public static ReaderConfig read(Path file) {
    return NodeConfig.read(file, ReaderConfig::read);
  }

  private static ReaderConfig read(Config config, Path folder) {
    var faults = new ArrayList<String>();
    ReaderConfig reader;
    try (var root = new Section("", config.root(), faults);
        var sampo = root.section("sampo")) {
      sampo.text("role");
      OF_VALIDATORS.forEach(
          key -> sampo.refuse(key, "belongs to a validator, and a reader has none"));
      sampo.refuse("storage", "a reader keeps what it follows in its data directory");
      reader =
          new ReaderConfig(
              sampo.text("name"),
              sampo.text("data-centre"),
              NodeConfig.path(sampo, "data-directory", folder),
              NodeConfig.path(sampo, "genesis-file", folder),
              sampo.optional("ledger-id", LedgerId::fromHex),
              NodeConfig.address(sampo, "api"),
              NodeConfig.cluster(sampo, folder));
    }
    if (faults.isEmpty()) {
      reader.contradictions(faults);
    }
    if (!faults.isEmpty()) {
      throw new FaultyConfig(faults);
    }
    return reader;
  }

  private void contradictions(List<String> faults) {
    var own = new ArrayList<>(List.of(api, cluster.address()));
    cluster.requests().ifPresent(own::add);
    if (own.stream().distinct().count() != own.size()) {
      faults.add("sampo: api, cluster and requests each need an address of their own");
    }
    cluster.contradictions(Optional.of("reader"), faults);
  }
}
