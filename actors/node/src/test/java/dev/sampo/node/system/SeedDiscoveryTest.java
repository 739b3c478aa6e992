package dev.sampo.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.node.cluster.ClusterKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/** Nodes that know nothing of each other but the name of their service. */
@Timeout(120)
@Tag("fault-20")
@Order(1)
final class SeedDiscoveryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<ActorSystem<?>> systems = new ArrayList<>();
  private final List<Integer> ports = FreePorts.any(4);

  @AfterEach
  void stop() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> system.getWhenTerminated().toCompletableFuture().join());
  }

  private ActorSystem<?> start(
      int number, DiscoverySettings discovery, ClusterKeys keys, Map<String, String> extra) {
    var address = new Membership.Endpoint("127.0.0.1", ports.get(number));
    return start(address, discovery, keys, extra);
  }

  private ActorSystem<?> start(
      Membership.Endpoint address,
      DiscoverySettings discovery,
      ClusterKeys keys,
      Map<String, String> extra) {
    var settings = new HashMap<>(extra);
    settings.put("pekko.loglevel", "ERROR");
    settings.put("pekko.cluster.seed-node-timeout", "1s");
    settings.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");
    var membership =
        new Membership(List.of("validator"), address, "a", List.of(), Optional.of(discovery), keys);
    ActorSystem<Void> system = NodeSystem.start(Behaviors.empty(), membership, settings);
    systems.add(system);
    return system;
  }

  private static DiscoverySettings told(String service, boolean mayForm) {
    return new DiscoverySettings("told", service, Optional.empty(), mayForm, 2);
  }

  private static final Map<String, String> TOLD =
      Map.of("pekko.discovery.told.class", ToldDiscovery.class.getName());

  private static int membersUp(ActorSystem<?> system) {
    int up = 0;
    for (var member : Cluster.get(system).state().getMembers()) {
      up += member.status().equals(MemberStatus.up()) ? 1 : 0;
    }
    return up;
  }

  private String at(int number) {
    return "127.0.0.1:" + ports.get(number);
  }

  @Test
  void nodesFindEachOtherAndFormOneCluster() throws IOException {
    var keys = ClusterKeys.create(folder);
    ToldDiscovery.tell(
        "three", List.of(at(0), at(1), at(2), "127.0.0.1:0", "no-such-host.invalid:1"));

    start(1, told("three", false), keys, TOLD);
    start(2, told("three", false), keys, TOLD);
    start(0, told("three", true), keys, TOLD);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(systems).allMatch(system -> membersUp(system) == 3));
  }

  @Test
  void whoMayNotFormAClusterWaitsForWhoMayAndFindsItAtAnotherAddress() throws IOException {
    var keys = ClusterKeys.create(folder);
    ToldDiscovery.fail("moving");
    var waiting = start(1, told("moving", false), keys, TOLD);
    await().atMost(PATIENCE).until(() -> ToldDiscovery.asked("moving") > 1);
    ToldDiscovery.tell("moving", List.of(at(0), at(1)));
    await().atMost(PATIENCE).until(() -> ToldDiscovery.asked("moving") > 3);
    assertThat(membersUp(waiting)).isZero();

    ToldDiscovery.tell("moving", List.of(at(3), at(1)));
    start(3, told("moving", true), keys, TOLD);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(systems).allMatch(system -> membersUp(system) == 2));
  }

  @Test
  void strangersAreNotJoined() throws IOException {
    ToldDiscovery.tell("strange", List.of(at(0), at(1)));
    var formed = start(0, told("strange", true), ClusterKeys.create(folder.resolve("one")), TOLD);
    await().atMost(PATIENCE).until(() -> membersUp(formed) == 1);

    var stranger =
        start(1, told("strange", false), ClusterKeys.create(folder.resolve("two")), TOLD);
    int before = ToldDiscovery.asked("strange");
    await().atMost(PATIENCE).until(() -> ToldDiscovery.asked("strange") > before + 3);

    assertThat(membersUp(stranger)).isZero();
    assertThat(membersUp(formed)).isEqualTo(1);
  }

  private static Map<String, String> dns(DnsResponder server) {
    return Map.of(
        "pekko.io.dns.async-dns.nameservers",
        "127.0.0.1:" + server.port(),
        "pekko.io.dns.async-dns.resolve-timeout",
        "500ms");
  }

  private static DiscoverySettings dns(Optional<String> portName, boolean mayForm) {
    return new DiscoverySettings(DiscoverySettings.DNS, "sampo.test", portName, mayForm, 2);
  }

  private static Record at(String address) throws IOException {
    return new ARecord(
        Name.fromString("sampo.test."), DClass.IN, 1, InetAddress.getByName(address));
  }

  /** Two addresses of this machine, with the same port. */
  @Test
  void nodesFindEachOtherByTheAddressRecordsOfAName() throws IOException {
    var keys = ClusterKeys.create(folder);
    try (var server = new DnsResponder()) {
      server.tellGarbage();
      start(
          new Membership.Endpoint("127.0.0.1", ports.getFirst()),
          dns(Optional.empty(), true),
          keys,
          dns(server));
      start(
          new Membership.Endpoint("127.0.0.2", ports.getFirst()),
          dns(Optional.empty(), false),
          keys,
          dns(server));
      server.tell(at("127.0.0.1"), at("127.0.0.2"));

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(systems).allMatch(system -> membersUp(system) == 2));
    }
  }

  @Test
  void nodesFindEachOtherByServiceRecords() throws IOException {
    var keys = ClusterKeys.create(folder);
    try (var server = new DnsResponder()) {
      server.tell(service(0), service(1));
      start(1, dns(Optional.of("cluster"), false), keys, dns(server));
      start(0, dns(Optional.of("cluster"), true), keys, dns(server));

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(systems).allMatch(system -> membersUp(system) == 2));
    }
  }

  /** Whose service account may list pods. */
  @Test
  void nodesFindEachOtherAmongThePodsOfKubernetes() throws Exception {
    var keys = ClusterKeys.create(folder.resolve("keys"));
    try (var api = new PodsApi(folder)) {
      var own = new PodsApi.Pod("Running", "127.0.0.1", ports.get(0));
      api.tell(own, new PodsApi.Pod("Pending", "127.0.0.1", ports.get(1)));
      var forming = start(0, pods(Optional.empty(), true), keys, api.settings());
      await().atMost(PATIENCE).until(() -> api.asked().size() > 3);
      assertThat(membersUp(forming)).as("a pending pod is no contact point").isZero();

      api.tell(own, new PodsApi.Pod("Running", "127.0.0.1", ports.get(1)));
      start(1, pods(Optional.of("ledgers"), false), keys, api.settings());

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(systems).allMatch(system -> membersUp(system) == 2));
      assertThat(api.asked())
          .contains(
              "/api/v1/namespaces/ledgers/pods?labelSelector=app%3Dsampo",
              "/api/v1/namespaces/of-the-own-pod/pods?labelSelector=app%3Dsampo");
    }
  }

  private static DiscoverySettings pods(Optional<String> namespace, boolean mayForm) {
    return new DiscoverySettings(
        DiscoverySettings.KUBERNETES,
        DiscoverySettings.pods(namespace, "app"),
        "sampo",
        Optional.of("cluster"),
        mayForm,
        2);
  }

  private Record service(int number) throws IOException {
    return new SRVRecord(
        Name.fromString("_cluster._tcp.sampo.test."),
        DClass.IN,
        1,
        0,
        0,
        ports.get(number),
        Name.fromString("127.0.0.1."));
  }
}
