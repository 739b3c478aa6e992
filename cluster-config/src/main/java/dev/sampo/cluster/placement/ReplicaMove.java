package dev.sampo.cluster.placement;

import dev.sampo.client.SampoClient;
import dev.sampo.client.v1.PlacedReplica;
import dev.sampo.client.v1.Placement;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Moves a validator's replica of a ledger to another of its nodes, and waits until it is in sync
 * there.
 *
 * @param client of nodes of that validator
 * @param validator whose replica it is
 */
public record ReplicaMove(SampoClient client, LedgerId ledger, Signer validator) {

  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * A node with a copy.
   *
   * @param unhosted for how long nobody hosted the replica before
   */
  public record Host(String node, long writerEpoch, boolean inSync, Duration unhosted) {}

  /**
   * How it ended.
   *
   * @param from the node that hosted it before
   * @param host who hosts it now; nothing if nobody is known to
   * @param isThere whether that is the node that was asked for, in sync
   * @param wasThere whether it was there before
   * @param took from the order on
   */
  public record Result(
      String from, Optional<Host> host, boolean isThere, boolean wasThere, Duration took) {}

  /**
   * Returns when the replica is in sync at {@code to}, or after {@code atMost}.
   *
   * @throws dev.sampo.client.SampoException if the order is refused
   */
  public Result run(String to, Duration atMost) throws InterruptedException {
    long begun = System.nanoTime();
    long epoch = host().map(Host::writerEpoch).orElse(0L);
    var order = new MoveOrder(ledger, epoch, to);
    var answer = client.move(order, validator.sign(order.digest()));
    while (true) {
      var host = host();
      boolean isThere = host.filter(each -> each.node().equals(to) && each.inSync()).isPresent();
      var took = Duration.ofNanos(System.nanoTime() - begun);
      if (isThere || took.compareTo(atMost) > 0) {
        return new Result(answer.getFrom(), host, isThere, answer.getAlreadyThere(), took);
      }
      Thread.sleep(POLL);
    }
  }

  /** The node with the newest copy. */
  private Optional<Host> host() {
    return host(client.placement(), ledger);
  }

  /** As above, by what a node of the validator has heard. */
  public static Optional<Host> host(Placement placement, LedgerId ledger) {
    return placement.getNodesList().stream()
        .flatMap(
            node ->
                node.getReplicasList().stream()
                    .filter(replica -> isOf(replica, ledger))
                    .map(replica -> host(node.getName(), replica)))
        .max(Comparator.comparingLong(Host::writerEpoch));
  }

  private static boolean isOf(PlacedReplica replica, LedgerId ledger) {
    return Bytes.owning(replica.getLedgerId().toByteArray()).equals(ledger.value());
  }

  private static Host host(String node, PlacedReplica replica) {
    return new Host(
        node,
        replica.getWriterEpoch(),
        replica.getInSync(),
        Duration.ofMillis(replica.getUnhostedMs()));
  }
}
