package dev.sampo.cluster.startup;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actors of a node as this process, stopped in order on SIGTERM. */
public final class RunningSystem {

  private static final Logger LOG = LoggerFactory.getLogger(RunningSystem.class);
  private static final Duration STOP_MAX = Duration.ofSeconds(15);

  private final ActorSystem<?> system;
  private final Runnable afterwards;

  /** {@code afterwards} runs once the actors have ended. */
  RunningSystem(ActorSystem<?> system, Runnable afterwards) {
    this.system = system;
    this.afterwards = afterwards;
  }

  /** Has it stopped in order when this process is told to end. */
  public RunningSystem stopWithProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "node-stop"));
    return this;
  }

  /** Waits until the node has stopped. */
  public void awaitEnd() throws InterruptedException {
    try {
      system.getWhenTerminated().toCompletableFuture().get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the actor system failed", failed.getCause());
    }
  }

  /** Waits until it has stopped, but not for ever. */
  public void stop() {
    LOG.info("stopping");
    var stopped =
        CoordinatedShutdown.get(system)
            .runAll(CoordinatedShutdown.jvmExitReason())
            .toCompletableFuture();
    try {
      stopped.get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
      afterwards.run();
      LOG.info("stopped");
    } catch (ExecutionException | TimeoutException failed) {
      LOG.warn("did not stop in order", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while stopping");
    }
  }
}
