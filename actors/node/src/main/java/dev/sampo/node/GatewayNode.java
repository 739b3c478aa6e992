package dev.sampo.node;

import dev.sampo.node.gateway.Gateway;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.gateway.NoLedgers;
import dev.sampo.node.gateway.Routing;
import dev.sampo.node.routing.DirectoryActor;
import dev.sampo.node.routing.KnownReplicas;
import dev.sampo.node.supervision.FailStop;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The guardian of a node that hosts no replica and holds no validator's key: it serves the API by
 * forwarding.
 */
public final class GatewayNode extends AbstractBehavior<GatewayNode.Command> {

  /** What only the node itself sends. */
  public sealed interface Command {}

  private record Bound(InetSocketAddress address) implements Command {}

  private record Failed(Throwable cause) implements Command {}

  /**
   * What it is put together from.
   *
   * @param tls with the key of the cluster
   */
  public record Parts(
      String name,
      String dataCentre,
      GatewaySettings gateway,
      SSLContext tls,
      PrometheusMeterRegistry registry) {}

  private final NodeParts.Listener listener;
  private final FailStop failStop;

  private GatewayNode(
      ActorContext<Command> context, NodeParts.Listener listener, FailStop failStop) {
    super(context);
    this.listener = listener;
    this.failStop = failStop;
  }

  /** {@code listener} is told once the gateway serves. */
  public static Behavior<Command> create(
      Parts parts, NodeParts.Listener listener, FailStop failStop) {
    return Behaviors.setup(
        context -> {
          var known = new KnownReplicas(parts.dataCentre());
          var self = new DirectoryActor.Self(parts.name(), parts.dataCentre(), Optional.empty());
          var directory = context.spawn(DirectoryActor.create(self, known), DirectoryActor.NAME);
          directory.tell(new DirectoryActor.Serve(new NoLedgers()));
          context.pipeToSelf(
              Gateway.start(
                  context.getSystem(),
                  new NoLedgers(),
                  parts.gateway(),
                  parts.registry(),
                  new Routing(parts.name(), known, Optional.of(parts.tls()), Optional.empty())),
              (binding, failure) ->
                  failure == null ? new Bound(binding.localAddress()) : new Failed(failure));
          return new GatewayNode(context, listener, failStop);
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Bound(var address) -> listener.serving(address);
      case Failed(var cause) -> failStop.stop(String.valueOf(cause.getMessage()), cause);
    }
    return this;
  }
}
