package dev.sampo.benchmarks.mailbox;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** What threads the actors run on: a dispatcher, as Pekko calls it. */
enum Threads {
  /** What every actor gets that asks for nothing. */
  DEFAULT("default", false, ""),
  /** A pool of as many threads as cores that steal work from each other. */
  FORK_JOIN(
      "fork-join",
      false,
      """
      type = Dispatcher
      executor = fork-join-executor
      fork-join-executor { parallelism-min = 1, parallelism-factor = 1.0, parallelism-max = 64 }
      """),
  /** A pool of as many threads as cores, each of which keeps its actors and spins for a while. */
  AFFINITY_POOL(
      "affinity-pool",
      false,
      """
      type = Dispatcher
      executor = affinity-pool-executor
      affinity-pool-executor { parallelism-min = 1, parallelism-factor = 1.0, parallelism-max = 64 }
      """),
  /** A thread for each actor, which sleeps when there is nothing to do. */
  PINNED(
      "pinned",
      true,
      """
      type = PinnedDispatcher
      executor = thread-pool-executor
      thread-pool-executor.allow-core-timeout = off
      """),
  /** A thread for each actor, which never sleeps: it wants a core of its own. */
  PINNED_SPINNING(
      "pinned, busy spin",
      true,
      """
      type = Dispatcher
      executor = "dev.sampo.benchmarks.mailbox.SpinningThread"
      """);

  /** How many actors may have a thread of their own. */
  private static final int SEATS = 4;

  private final String title;
  private final boolean ofOneActor;
  private final String settings;

  Threads(String title, boolean ofOneActor, String settings) {
    this.title = title;
    this.ofOneActor = ofOneActor;
    this.settings = settings;
  }

  String title() {
    return title;
  }

  /** What the actor system has to be told. */
  Config config() {
    var text = new StringBuilder("pekko.log-dead-letters = off\npekko.loglevel = WARNING\n");
    for (int seat = 0; seat < SEATS && !settings.isEmpty(); seat++) {
      text.append(dispatcher(seat)).append(" {\n").append(settings).append("}\n");
    }
    return ConfigFactory.parseString(text.toString()).withFallback(ConfigFactory.load());
  }

  /** For the actor with this number, counted from 0. */
  DispatcherSelector seat(int number) {
    if (settings.isEmpty()) {
      return DispatcherSelector.defaultDispatcher();
    }
    return DispatcherSelector.fromConfig(dispatcher(ofOneActor ? number : 0));
  }

  static List<Threads> all() {
    return List.of(values());
  }

  private static String dispatcher(int seat) {
    return "bench.seat-" + seat;
  }
}
