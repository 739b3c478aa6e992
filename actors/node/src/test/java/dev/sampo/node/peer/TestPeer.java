package dev.sampo.node.peer;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.sampo.core.message.PeerStream;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A validator's peer network in an actor system of its own, so that closing it looks like a crash.
 */
final class TestPeer implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final LedgerId LEDGER = LedgerId.fromHex("aa".repeat(32));

  record Received(ValidatorIndex sender, PeerStream stream, Bytes frame) {}

  final List<Received> received = new CopyOnWriteArrayList<>();
  final List<PeerEvent> events = new CopyOnWriteArrayList<>();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ValidatorIndex> peers;
  private final ActorSystem<PeerNetwork.Command> system;

  private TestPeer(
      TestValidators validators, int index, PeerSettings settings, FrameRecipient recipient) {
    peers = validators.identity(index).peers();
    FrameRecipient recording =
        (sender, stream, frame) -> {
          received.add(new Received(sender, stream, frame));
          return recipient.receive(sender, stream, frame);
        };
    system =
        ActorSystem.create(
            guardian(validators, index, settings, recording),
            "peer-" + index,
            ConfigFactory.parseString("pekko.loglevel = WARNING")
                .withFallback(ConfigFactory.load()));
  }

  private Behavior<PeerNetwork.Command> guardian(
      TestValidators validators, int index, PeerSettings settings, FrameRecipient recipient) {
    return Behaviors.setup(
        context -> {
          ActorRef<PeerEvent> owner =
              context.spawn(
                  Behaviors.receiveMessage(
                      event -> {
                        events.add(event);
                        return Behaviors.same();
                      }),
                  "owner");
          var network =
              context.spawn(
                  PeerNetwork.create(
                      validators.identity(index),
                      validators.addressesOfPeersOf(index),
                      settings,
                      new PeerOwner(recipient, owner),
                      registry),
                  "peers");
          return Behaviors.receiveMessage(
              command -> {
                network.tell(command);
                return Behaviors.same();
              });
        });
  }

  static TestPeer start(TestValidators validators, int index) {
    return start(validators, index, PeerSettings.loopback(validators.port(index)));
  }

  static TestPeer start(TestValidators validators, int index, PeerSettings settings) {
    return start(validators, index, settings, (sender, stream, frame) -> done());
  }

  static TestPeer start(
      TestValidators validators, int index, PeerSettings settings, FrameRecipient recipient) {
    return new TestPeer(validators, index, settings, recipient);
  }

  static CompletionStage<Done> done() {
    return CompletableFuture.completedStage(Done.getInstance());
  }

  void broadcast(PeerStream stream, Bytes frame) {
    system.tell(new PeerNetwork.Send(LEDGER, stream, frame, peers));
  }

  void send(PeerStream stream, Bytes frame, int recipient) {
    system.tell(new PeerNetwork.Send(LEDGER, stream, frame, List.of(ValidatorIndex.of(recipient))));
  }

  PeerNetwork.NetworkStatus status() {
    return AskPattern.<PeerNetwork.Command, PeerNetwork.NetworkStatus>ask(
            system, PeerNetwork.GetStatus::new, PATIENCE, system.scheduler())
        .toCompletableFuture()
        .join();
  }

  PeerStatus statusOf(int peer) {
    return status().peers().stream()
        .filter(status -> status.peer().number() == peer)
        .findFirst()
        .orElseThrow();
  }

  TestPeer awaitListening() {
    return awaitEvent(PeerEvent.Listening.class::isInstance);
  }

  TestPeer awaitUp(int peer) {
    return awaitEvent(new PeerEvent.PeerUp(ValidatorIndex.of(peer))::equals);
  }

  TestPeer awaitDown(int peer) {
    return awaitEvent(new PeerEvent.PeerDown(ValidatorIndex.of(peer))::equals);
  }

  TestPeer awaitEvent(Predicate<PeerEvent> expected) {
    await().atMost(PATIENCE).until(() -> events.stream().anyMatch(expected));
    return this;
  }

  void awaitFrame(int sender, PeerStream stream, Bytes frame) {
    var expected = new Received(ValidatorIndex.of(sender), stream, frame);
    await().atMost(PATIENCE).until(() -> received.contains(expected));
  }

  double refused(Refusal reason) {
    return registry.counter("sampo.peer.refused.connections", "reason", reason.label()).count();
  }

  double dropped(int peer, PeerStream stream) {
    return registry
        .counter(
            "sampo.peer.dropped.frames",
            "peer",
            Integer.toString(peer),
            "stream",
            PeerMeters.label(stream))
        .count();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
