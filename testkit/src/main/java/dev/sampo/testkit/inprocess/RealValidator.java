package dev.sampo.testkit.inprocess;

import static org.awaitility.Awaitility.await;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.Node;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.system.Membership;
import dev.sampo.node.system.NodeSystem;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.testkit.ledger.ValidatorView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** A validator that can be stopped hard, and started again on the same folder. */
final class RealValidator {

  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  /** No phase of an orderly shutdown runs: the actors end where they are, as in a crash. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          ClusterFaults.TEST_MODE,
          "on",
          "pekko.coordinated-shutdown.run-by-actor-system-terminate",
          "off");

  /** What is running. */
  private record Running(ActorSystem<Node.Command> system, OpenLedgers ledgers) {}

  private final int index;
  private final Membership membership;
  private final Assembly assembly;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  /** Changed by the test's thread; an actor that fails reads it from its own. */
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

  RealValidator(int index, Membership membership, Assembly assembly) {
    this.index = index;
    this.membership = membership;
    this.assembly = assembly;
  }

  ValidatorIndex index() {
    return ValidatorIndex.of(index);
  }

  void start() {
    if (running.get() != null) {
      return;
    }
    failure.set(null);
    try {
      var parts = assembly.parts(this);
      var system = NodeSystem.start(parts, membership, SETTINGS);
      running.set(new Running(system, parts.ledgers()));
      if (failure.get() != null) {
        // It failed before anyone could end its actors.
        system.terminate();
      }
    } catch (RefusedStart refused) {
      throw new IllegalStateException("validator " + index + " refused to start", refused);
    }
  }

  /** What stops the process of a real node; here only its actors end, and it counts as down. */
  void failStop(String reason, @Nullable Throwable cause) {
    failure.compareAndSet(null, reason + (cause == null ? "" : ": " + cause));
    kill();
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure.get()).map(reason -> "validator " + index + ": " + reason);
  }

  boolean isUp() {
    return running.get() != null && failure.get() == null;
  }

  Optional<ActorSystem<Node.Command>> system() {
    return running().map(Running::system);
  }

  Optional<ValidatorView> view() {
    return running()
        .filter(_ -> isUp())
        .map(
            node ->
                new ValidatorView(
                    index, new LedgerReader(node.ledgers.stores().getFirst().ledger())));
  }

  /** Begins to stop; {@link #awaitEnd} must follow. */
  void kill() {
    running().ifPresent(node -> node.system.terminate());
  }

  private Optional<Running> running() {
    return Optional.ofNullable(running.get());
  }

  /** The store is closed only after the actors, which would take a closed one for a failed disk. */
  void awaitEnd() {
    running()
        .ifPresent(
            node -> {
              var ended = node.system.getWhenTerminated().toCompletableFuture();
              await("validator " + index + " stops").atMost(STOP_MAX).until(ended::isDone);
              node.ledgers.close();
            });
    running.set(null);
  }
}
