package dev.sampo.cluster.demo;

import dev.sampo.cluster.config.GatewayConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.cluster.config.NodeConfigText;
import dev.sampo.cluster.config.ReaderConfig;
import dev.sampo.core.transaction.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes the configuration file of each validator, gateway and reader of a demo. */
final class NodeFiles {

  private static final String HOST = "127.0.0.1";

  private final DemoLayout layout;
  private final DemoPorts ports;
  private final Dialling dialling;

  /** At which loopback port one validator dials another. */
  @FunctionalInterface
  interface Dialling {
    int port(int from, int to);
  }

  NodeFiles(DemoLayout layout, DemoPorts ports) {
    this(layout, ports, (_, to) -> ports.peer().get(to));
  }

  NodeFiles(DemoLayout layout, DemoPorts ports, Dialling dialling) {
    this.layout = layout;
    this.ports = ports;
    this.dialling = dialling;
  }

  Path write(int index) throws IOException {
    var home = layout.home(index);
    return Files.writeString(home.resolve("node.conf"), NodeConfigText.of(config(index), home));
  }

  NodeConfig config(int index) {
    var entries =
        IntStream.range(0, layout.validators().size()).mapToObj(to -> entry(index, to)).toList();
    var seeds =
        layout.sameOrganisation(index).stream()
            .map(each -> new Address(HOST, ports.cluster().get(each)))
            .toList();
    return new NodeConfig(
        DemoLayout.nameOf(index),
        layout.dataDirectory(index),
        layout.validatorKey(index),
        layout.genesisFile(),
        Optional.of(layout.genesis().ledgerId()),
        new Address(HOST, ports.api().get(index)),
        entries,
        new ClusterSection(
            new Address(HOST, ports.cluster().get(index)),
            List.copyOf(seeds),
            layout.clusterKeys(index),
            Optional.of(new Address(HOST, ports.requests().get(index)))),
        new NodeConfig.StorageSection.Embedded(),
        DemoAccounts.relayKey(layout.keys(), index)
            .map(
                file ->
                    new NodeConfig.RelaySection(new AccountId(DemoAccounts.relayOf(index)), file)));
  }

  /** Writes that of a gateway. */
  Path writeGateway(int index) throws IOException {
    var home = DemoLayout.privateFolder(layout.gatewayHome(index));
    var text = NodeConfigText.of(gateway(index), home);
    return Files.writeString(home.resolve("node.conf"), text);
  }

  GatewayConfig gateway(int index) {
    var seeds = ports.cluster().stream().map(port -> new Address(HOST, port)).toList();
    return new GatewayConfig(
        DemoLayout.gatewayName(index),
        layout.dataCentreInTurn(index),
        new Address(HOST, ports.gatewayApi(index)),
        new ClusterSection(
            new Address(HOST, ports.gatewayCluster(index)),
            seeds,
            layout.clusterKeys(0),
            Optional.empty()));
  }

  /** Writes that of a reader. */
  Path writeReader(int index) throws IOException {
    var home = DemoLayout.privateFolder(layout.readerHome(index));
    var text = NodeConfigText.of(reader(index), home);
    return Files.writeString(home.resolve("node.conf"), text);
  }

  ReaderConfig reader(int index) {
    var seeds = ports.cluster().stream().map(port -> new Address(HOST, port)).toList();
    return new ReaderConfig(
        DemoLayout.readerName(index),
        layout.dataCentreInTurn(index),
        layout.readerData(index),
        layout.genesisFile(),
        Optional.of(layout.genesis().ledgerId()),
        new Address(HOST, ports.readerApi(index)),
        new ClusterSection(
            new Address(HOST, ports.readerCluster(index)),
            seeds,
            layout.clusterKeys(0),
            Optional.of(new Address(HOST, ports.readerRequests(index)))));
  }

  private ValidatorEntry entry(int from, int to) {
    int port = from == to ? ports.peer().get(to) : dialling.port(from, to);
    return new ValidatorEntry(
        DemoLayout.nameOf(to),
        layout.dataCentreOf(to),
        layout.validators().get(to).publicKey(),
        new Address(HOST, port));
  }
}
