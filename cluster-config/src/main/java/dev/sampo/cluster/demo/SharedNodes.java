package dev.sampo.cluster.demo;

import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.Address;
import dev.sampo.cluster.config.NodeConfig.ClusterSection;
import dev.sampo.cluster.config.NodeConfig.NodeEntry;
import dev.sampo.cluster.config.NodeConfig.ValidatorEntry;
import dev.sampo.cluster.config.NodeConfigText;
import dev.sampo.core.genesis.LedgerCharter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The nodes of a demo whose validators have several each: v1a, v1b, v2a and so on. They are
 * numbered in that order.
 *
 * @param ports one of each kind for each node
 */
record SharedNodes(DemoLayout layout, DemoPorts ports, int perValidator, DemoDatabase database) {

  private static final String HOST = "127.0.0.1";

  int count() {
    return layout.validators().size() * perValidator;
  }

  int validatorOf(int node) {
    return node / perValidator;
  }

  String validatorNameOf(int node) {
    return DemoLayout.nameOf(validatorOf(node));
  }

  String nameOf(int node) {
    return validatorNameOf(node) + (char) ('a' + node % perValidator);
  }

  /** The number of the node with this name. */
  OptionalInt find(String name) {
    return IntStream.range(0, count()).filter(node -> nameOf(node).equals(name)).findFirst();
  }

  String dataCentreOf(int node) {
    return layout.dataCentreOf(validatorOf(node));
  }

  String endpoint(int node) {
    return "http://" + HOST + ":" + ports.api().get(node);
  }

  Path log(int node) {
    return layout.folder().resolve(nameOf(node)).resolve("node.log");
  }

  /** The nodes of the same validator, this one included. */
  List<Integer> ofValidator(int validator) {
    return IntStream.range(validator * perValidator, (validator + 1) * perValidator)
        .boxed()
        .toList();
  }

  /** How many ledgers the demo has, all of which a node may have to host. */
  int ledgers() throws IOException {
    return DemoCharters.of(layout).documents().size();
  }

  /** Makes the replicas of all of them. */
  void prepare() throws IOException {
    var charters = new ArrayList<LedgerCharter>();
    var demo = DemoCharters.of(layout);
    demo.ledgers().keySet().forEach(name -> demo.find(name).ifPresent(charters::add));
    for (int i = 0; i < layout.validators().size(); i++) {
      database.prepare(
          DemoLayout.nameOf(i),
          layout.validators().get(i).publicKey(),
          layout.genesis().ledgerId(),
          charters);
    }
  }

  Path writeConfig(int node) throws IOException {
    var home = DemoLayout.privateFolder(layout.folder().resolve(nameOf(node)));
    return Files.writeString(home.resolve("node.conf"), NodeConfigText.of(config(node), home));
  }

  NodeConfig config(int node) {
    int validator = validatorOf(node);
    var seeds =
        layout.sameOrganisation(validator).stream()
            .flatMap(each -> ofValidator(each).stream())
            .map(each -> new Address(HOST, ports.cluster().get(each)))
            .toList();
    return new NodeConfig(
        nameOf(node),
        layout.folder().resolve(nameOf(node)).resolve("data"),
        layout.validatorKey(validator),
        layout.genesisFile(),
        Optional.of(layout.genesis().ledgerId()),
        new Address(HOST, ports.api().get(node)),
        IntStream.range(0, layout.validators().size()).mapToObj(this::entry).toList(),
        new ClusterSection(
            new Address(HOST, ports.cluster().get(node)),
            seeds,
            layout.clusterKeys(validator),
            Optional.of(new Address(HOST, ports.requests().get(node)))),
        database.storage(DemoLayout.nameOf(validator)),
        Optional.empty());
  }

  private ValidatorEntry entry(int validator) {
    return new ValidatorEntry(
        DemoLayout.nameOf(validator),
        layout.dataCentreOf(validator),
        layout.validators().get(validator).publicKey(),
        ofValidator(validator).stream()
            .map(node -> new NodeEntry(nameOf(node), new Address(HOST, ports.peer().get(node))))
            .toList());
  }
}
