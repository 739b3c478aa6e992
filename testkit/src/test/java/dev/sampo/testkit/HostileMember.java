package dev.sampo.testkit;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.node.system.NodeSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.pattern.Patterns;

/**
 * A member of a Pekko Cluster that does to all actor systems it can reach whatever a member can do:
 * it has the keys of one organisation and none of the others.
 */
final class HostileMember implements AutoCloseable {

  private static final Duration JOIN_MAX = Duration.ofSeconds(30);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

  /** Guardians, roles of Sampo, and the daemons of Pekko, by wildcards too. */
  private static final List<String> TARGETS =
      List.of(
          "/user",
          "/user/*",
          "/user/ledgers",
          "/user/ledgers/*",
          "/user/ledgers/*/consensus",
          "/user/ledgers/peers/*",
          "/system",
          "/system/*",
          "/system/cluster/core/*",
          "/system/IO-TCP/*");

  private final ActorSystem system;

  private HostileMember(ActorSystem system) {
    this.system = system;
  }

  /** Joins the cluster of the node whose actor system listens at a loopback port. */
  static HostileMember join(ClusterKeys keys, int port) {
    var node = address(port);
    var config =
        ConfigFactory.parseMap(
                Map.of(
                    "sampo.cluster.host",
                    "127.0.0.1",
                    "sampo.cluster.port",
                    0,
                    "sampo.cluster.data-centre",
                    "a",
                    "sampo.cluster.seed-nodes",
                    List.of(node.toString())))
            .withFallback(ConfigFactory.parseMap(keys.settings()))
            .withFallback(ConfigFactory.parseResources("cluster.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();
    var member = new HostileMember(ActorSystem.create(NodeSystem.NAME, config));
    var cluster = Cluster.get(member.system);
    await("the hostile member joins")
        .atMost(JOIN_MAX)
        .until(() -> cluster.state().members().size() == 2);
    return member;
  }

  private static Address address(int port) {
    return new Address("pekko", NodeSystem.NAME, "127.0.0.1", port);
  }

  /** Which of these actor systems let this one in: any of them answers who it is. */
  List<Integer> answeredBy(List<Integer> ports) {
    var answers = ports.stream().map(this::isAnswered).toList();
    return IntStream.range(0, ports.size())
        .filter(i -> answers.get(i).join())
        .mapToObj(ports::get)
        .toList();
  }

  private CompletableFuture<Boolean> isAnswered(int port) {
    var guardian = system.actorSelection(address(port) + "/user");
    return Patterns.ask(guardian, new Identify("who"), ANSWER_MAX)
        .toCompletableFuture()
        .handle((answer, silence) -> answer instanceof ActorIdentity);
  }

  /** Kills, poisons, forges and removes at all of {@code ports}. */
  void attack(List<Integer> ports) {
    for (int port : ports) {
      var node = address(port);
      Cluster.get(system).down(node);
      Cluster.get(system).leave(node);
      for (var target : TARGETS) {
        var actors = system.actorSelection(node + target);
        // In the name of somebody else, who would get the answers.
        var forged = system.provider().resolveActorRef(node + "/user/ledgers/ledger-main");
        actors.tell("junk", forged);
        actors.tell(new byte[4096], forged);
        actors.tell(PoisonPill.getInstance(), forged);
        actors.tell(Kill.getInstance(), ActorRef.noSender());
      }
    }
  }

  @Override
  public void close() {
    system.terminate();
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .orTimeout(JOIN_MAX.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
