package dev.sampo.node.cluster;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.DataCenterReachabilityEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Tells one listener the cluster's membership, first as it is and then at every change. */
public final class ClusterView extends AbstractBehavior<ClusterView.Command> {

  /** What only the view itself sends. */
  public sealed interface Command {}

  private record Observe(ClusterDomainEvent event) implements Command {}

  private final ActorRef<ClusterSnapshot> listener;
  private ClusterSnapshot snapshot = ClusterSnapshot.EMPTY;

  private ClusterView(ActorContext<Command> context, ActorRef<ClusterSnapshot> listener) {
    super(context);
    this.listener = listener;
  }

  public static Behavior<Command> create(ActorRef<ClusterSnapshot> listener) {
    return Behaviors.setup(
        context -> {
          var observer = context.messageAdapter(ClusterDomainEvent.class, Observe::new);
          var subscriptions = Cluster.get(context.getSystem()).subscriptions();
          subscriptions.tell(Subscribe.create(observer.narrow(), MemberEvent.class));
          subscriptions.tell(Subscribe.create(observer.narrow(), ReachabilityEvent.class));
          subscriptions.tell(
              Subscribe.create(observer.narrow(), DataCenterReachabilityEvent.class));
          return new ClusterView(context, listener);
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Observe(var event) -> onObserve(event);
    }
    return this;
  }

  private void onObserve(ClusterDomainEvent event) {
    snapshot = snapshot.after(event);
    listener.tell(snapshot);
  }
}
