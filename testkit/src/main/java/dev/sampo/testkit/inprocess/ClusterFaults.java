package dev.sampo.testkit.inprocess;

import dev.sampo.node.system.NodeSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.remote.RemoteActorRefProvider;

/**
 * Severs remoting between members of a cluster, by Artery's own test mode. What it sends is
 * internal to Pekko and marked as deprecated there, although Artery knows no other; only this class
 * uses it.
 */
@SuppressWarnings("deprecation") // an import of these names could not be exempted
final class ClusterFaults {

  /** The setting without which {@link #sever} has no effect. */
  static final String TEST_MODE = "pekko.remote.artery.advanced.test-mode";

  private ClusterFaults() {}

  /** Whether what {@code from} says to the member at a loopback port gets lost, from now on. */
  static void sever(ActorSystem<?> from, int port, boolean isSevered) {
    var to = new Address("pekko", NodeSystem.NAME, "127.0.0.1", port);
    org.apache.pekko.remote.transport.ThrottlerTransportAdapter.ThrottleMode mode =
        isSevered
            ? org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Blackhole$.MODULE$
            : org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Unthrottled$.MODULE$;
    var throttle =
        new org.apache.pekko.remote.transport.ThrottlerTransportAdapter.SetThrottle(
            to,
            org.apache.pekko.remote.transport.ThrottlerTransportAdapter$Direction$Send$.MODULE$,
            mode);
    var system = (ExtendedActorSystem) Adapter.toClassic(from);
    var done = ((RemoteActorRefProvider) system.provider()).transport().managementCommand(throttle);
    if (!done.isCompleted()) {
      throw new IllegalStateException("the test mode of remoting answers at once");
    }
  }
}
